# Keycloak, built for its database: nothing is built or written at its start. The realm to import is mounted.
# docker build -f ops/keycloak.Dockerfile --build-arg KEYCLOAK_DIGEST=sha256:… .
ARG KEYCLOAK_DIGEST

FROM quay.io/keycloak/keycloak:26.7.3@${KEYCLOAK_DIGEST} AS built
ENV KC_DB=postgres KC_HEALTH_ENABLED=true
RUN /opt/keycloak/bin/kc.sh build

FROM quay.io/keycloak/keycloak:26.7.3@${KEYCLOAK_DIGEST}
COPY --from=built /opt/keycloak/lib/quarkus/ /opt/keycloak/lib/quarkus/
