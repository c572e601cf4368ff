# The hub's image: gateway and subgraphs run from it, each by its own command (docker-compose.yml). Its base is named by
# digest: docker build --build-arg NODE_DIGEST=sha256:… .
ARG NODE_DIGEST

FROM docker.io/library/node:24.21.0-bookworm-slim@${NODE_DIGEST} AS packages
WORKDIR /hub
COPY package.json package-lock.json .npmrc ./
# No optional packages: the runtime among them is here already. No package's own program runs (docs/decisions/supply.md).
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# The sample departmental systems, for trying the whole: docker build --target samples. What they need is not in the hub.
FROM docker.io/library/node:24.21.0-bookworm-slim@${NODE_DIGEST} AS samples
WORKDIR /hub
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional --ignore-scripts --no-audit --no-fund
COPY adapters adapters
COPY subgraphs subgraphs
COPY schema schema
COPY e2e/systems e2e/systems
RUN install -d -o 10001 -g 10001 /data /drop
USER 10001:10001
CMD ["node", "e2e/systems/main.ts"]

FROM docker.io/library/node:24.21.0-bookworm-slim@${NODE_DIGEST} AS hub
WORKDIR /hub
COPY --from=packages /hub/node_modules node_modules
COPY package.json LICENSE ./
COPY adapters adapters
COPY schema schema
COPY subgraphs subgraphs
COPY gateway gateway
# Every subgraph at its own address, by its name.
RUN node schema/deployment/main.ts --url http://{name}:4000/graphql > schema/deployment.spread.json \
  && install -d -o 10001 -g 10001 /data /drop /checkpoints
ENV NODE_ENV=production
# Belongs to nobody else and may write nowhere but into its volumes.
USER 10001:10001
CMD ["node", "--v8-pool-size=1", "--max-semi-space-size=32", "--heap-growing-percent=100", "gateway/main.ts"]
