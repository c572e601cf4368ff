/** FHIR id: R4 2.24.0.1. What is not of this form names nothing on any FHIR server and is not asked for. */
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

export function isFhirId(id: string): boolean {
  return ID.test(id);
}

/**
 * The id that a reference gives for a resource of this type on this server: `Patient/7`, `<base>/Patient/7`, either with
 * a version. `null` for another type, another server, a contained resource.
 */
export function idIn(reference: string | undefined, type: string, baseUrl: string): string | null {
  if (reference === undefined) return null;
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  const local = reference.startsWith(base) ? reference.slice(base.length) : reference;
  const [found, id, history, , ...more] = local.split('/');
  const plain = history === undefined || (history === '_history' && more.length === 0);
  return found === type && id !== undefined && isFhirId(id) && plain ? id : null;
}
