/** The keys of what was posted and has no answer yet, by what it was. */
const unanswered = new Map<string, string>();

/** What a post is known by: the same file or the same text sent to the same place is the same. */
function textOf(input: RequestInfo | URL, body: BodyInit | null | undefined): string {
  return JSON.stringify([String(input), body instanceof File ? [body.name, body.size, body.lastModified] : String(body)]);
}

function random(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Posts with an `Idempotency-Key`, the same one until there is an answer: what is posted twice at once, or again as the answer
 * was lost, is made once. Behind an answer the same is another one. What makes nothing does not look at the key.
 */
export async function once(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
  if (init.method !== 'POST') return fetch(input, init);
  const text = textOf(input, init.body);
  const key = unanswered.get(text) ?? random();
  unanswered.set(text, key);
  const headers = new Headers(init.headers);
  headers.set('Idempotency-Key', key);
  const response = await fetch(input, { ...init, headers });
  // Whether a gateway that failed had passed it on is not known.
  if (response.status < 500) unanswered.delete(text);
  return response;
}
