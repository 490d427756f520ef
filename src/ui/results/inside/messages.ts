/** The words of the look inside: where attention goes on one picture. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const INSIDE_WORDS = catalogue('inside', {
  title: 'A look inside',
  summary: 'where attention goes',
  /** Title of the picture that is saved. */
  titleOf: (picture: string) => `A look inside: ${picture}`,
  off: (layers: number) => `${counted(layers, 'layer')} off`,
  note: 'Attention rollout: how much of every patch could reach the class token, from which the answer is read. In every layer the attention is averaged over heads, the identity is added for the connection around it, and rows are made to add up to 1; the layers are multiplied (Abnar & Zuidema 2020). It is no explanation of the answer: it does not know which class is answered, what a patch passes on, or what the MLPs do.',
  looking: 'Looking …',
  maps: 'Maps of attention; arrow keys go from patch to patch',
  picture: 'The picture',
  /** Behind the highest value of the scale. */
  timesEvenShare: (most: string, patches: number) => `${most} times an even share, which is 1 of ${patches}`,
  scale: (least: string, most: string, patches: number) => `${least} to ${most} times an even share (1 of ${patches})`,
  point: 'Point at a patch, or use the arrow keys.',
  /** @param values "LoRA 1.20" of every map */
  at: (patch: string, values: readonly string[]) => `${patch}: ${values.join(', ')} times an even share.`,
  patch: 'Patch',
  times: (name: string) => `${name}, ×`,
  /** @param kept name and share of every map */
  meta: (patches: number, kept: readonly (readonly [name: string, share: string])[]) =>
    `one picture, ${counted(patches, 'patch', 'patches')}; not on the patches: ${kept.map(([name, share]) => `${name} ${share} %`).join(', ')}`,
  caption: {
    patch: (row: number, column: number): string => `row ${row}, column ${column}`,
    look: (
      name: string,
      { held, count, of, most, times }: { held: string; count: number; of: number; most: string; times: string },
    ): string => `${name}: ${held} on ${count} of ${of} patches, most on ${most} (${times} times an even share)`,
    moved: (first: string, arms: string): string =>
      `share of the attention on other patches than that of ${first}: ${arms}`,
    onePicture: 'one picture, one run of each arm: it says nothing of others',
  },
});
