/** Names of structured masks. Unknown labels from later versions are shown as they are. */
const NAMES: Readonly<Record<string, string>> = {
  all: 'Every layer',
  none: 'No layer',
  even: 'Layers 1, 3, 5 …',
  odd: 'Layers 2, 4, 6 …',
  low: 'Low third',
  middle: 'Middle third',
  high: 'High third',
  q: 'Only q',
  k: 'Only k',
  v: 'Only v',
  o: 'Only o',
  fc1: 'Only fc1',
  fc2: 'Only fc2',
  'q+k': 'Only q and k',
  'q+v': 'Only q and v',
  'k+v': 'Only k and v',
  vision: 'Vision tower only',
  text: 'Text tower only',
};

/** Ranked masks name how many layers were removed, and in which order. */
const RANKED: Readonly<Record<string, string>> = {
  shapley: 'lowest Shapley',
  norm: 'smallest ‖ΔW‖',
  random: 'at random',
};

export function maskName(label: string): string {
  const ranked = /^(shapley|norm|random)-(\d+)/.exec(label);
  return ranked ? `−${ranked[2]} ${RANKED[ranked[1]]}` : (NAMES[label] ?? label);
}
