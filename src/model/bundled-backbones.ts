/** Ids of the backbones that come with the page, that of the presets first: a study names them by these alone. */
export const BUNDLED_BACKBONES: readonly string[] = ['emoji-clip-2', 'emoji-clip'];
