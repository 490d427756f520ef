/** What "?embed=…" can show. The names are part of addresses: never rename one. */
export const EMBED_VIEWS = [
  { id: 'landscape', name: 'Landscape' },
  { id: 'shapley', name: 'Shapley values' },
  { id: 'layers', name: 'Pruning of layers' },
  { id: 'weights', name: 'Pruning of weights' },
  { id: 'plane', name: 'Plane' },
  { id: 'points', name: 'Adapters as points' },
  { id: 'merging', name: 'Merging' },
  { id: 'federated', name: 'Federated training' },
  { id: 'federated-error', name: 'Federated: error of aggregation' },
  { id: 'federated-clients', name: 'Federated: images of the clients' },
  { id: 'many-tasks', name: 'Many tasks' },
  { id: 'sweep', name: 'Sweep of a setting' },
  { id: 'training', name: 'Training curves' },
  { id: 'tape', name: 'Activation tape' },
  { id: 'summary', name: 'Table of results' },
  { id: 'all', name: 'Everything' },
] as const;

export type EmbedView = (typeof EMBED_VIEWS)[number]['id'];

const ALL = EMBED_VIEWS.map(({ id }) => id).filter((id) => id !== 'all');

/** The views a query asks for, in its order; null when the page is not embedded. "?embed" alone and unknown names show the landscape. */
export function embedViews(search: string): readonly EmbedView[] | null {
  const wanted = new URLSearchParams(search).get('embed');
  if (wanted === null) return null;
  const names = wanted.split(',').map((name) => name.trim());
  if (names.includes('all')) return ALL;
  const known = EMBED_VIEWS.filter(({ id }) => names.includes(id)).map(({ id }) => id);
  return known.length > 0 ? known : ['landscape'];
}
