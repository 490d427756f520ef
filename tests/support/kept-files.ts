/** JavaScript of the addresses of all files that the page's service worker keeps. */
export const KEPT_FILES = `(async () => {
  const urls = [];
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
  return urls;
})()`;
