/** Of a file of a later version, with settings that this one would leave out. */
export const newerSettings = (source: string, kind: 'study' | 'map'): Error =>
  new Error(
    `A newer version of this project made ${source}, with settings that this one does not know: without them it would be another ${kind}. Update first.`,
  );
