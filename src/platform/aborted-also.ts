/**
 * A controller that is aborted with `outer`, too. Whoever made it aborts it at the end, so that nothing hears `outer` any longer. AbortSignal.any, which does
 * the same, is missing before Chrome 116, Firefox 124 and Safari 17.4.
 */
export function abortedAlso(outer: AbortSignal | undefined): AbortController {
  const own = new AbortController();
  if (outer?.aborted) own.abort(outer.reason);
  else outer?.addEventListener('abort', () => own.abort(outer.reason), { signal: own.signal });
  return own;
}
