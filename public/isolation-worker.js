/**
 * Adds the headers of cross-origin isolation to every answer of this origin, for static hosts that cannot send them. WASM threads need
 * them. It caches nothing and changes nothing else; src/isolation.ts registers it only where the server does not isolate the page.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // Chrome's developer tools send such requests, which fetch() rejects.
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  if (new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(fetch(request).then(isolated));
});

function isolated(response) {
  // Redirects of a navigation arrive unreadable (status 0) and must be passed on as they are.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  // Answers such as 204 and 304 must have no body.
  const body = [101, 204, 205, 304].includes(response.status) ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
