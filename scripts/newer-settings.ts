/** A file of a later version, with settings that this one would leave out. */
export class NewerSettings extends Error {
  override readonly name = 'NewerSettings';

  constructor(source: string, kind: 'study' | 'map') {
    super(
      `A newer version of this project made ${source}, with settings that this one does not know: without them it would be another ${kind}. Update first.`,
    );
  }
}
