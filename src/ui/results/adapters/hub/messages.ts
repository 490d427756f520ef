/** The words around published adapters. */
import { catalogue } from '../../../../core/language/catalogue.ts';
import { counted } from '../../../../core/counted.ts';

export const HUB_ADAPTER_WORDS = catalogue('hub-adapters', {
  title: 'Published adapters',
  onDevice: (count: number) => `${count} on this device`,
  names: 'Adapters on the hub: names or addresses',
  namesHelp: 'Name several at once, one to a line; a repository without a folder stands for every adapter in it.',
  placeholder: 'owner/name@revision',
  get: 'Open',
  intro:
    'Adapters that others trained for CLIP, ViT or DINOv2 and saved with PEFT. They are fetched at one commit, compared with the SHA-256 that the hub names, and kept on this device.',
  sets: 'Sets of published adapters',
  setOf: (name: string, count: number) => `${name}: ${counted(count, 'adapter')}`,
  forBackbone: (backbone: string) => `for ${backbone}`,
  getSet: (name: string) => `Open all of ${name}`,
  stored: 'Adapters on this device',
  open: 'Open',
  openAll: 'Open all',
  openOne: (name: string) => `Open ${name}`,
  remove: 'Delete',
  removeOne: (name: string) => `Delete ${name}`,
  confirmed: 'SHA-256 as the hub names it',
  licence: (licence: string) => `licence ${licence}`,
  otherBase: (count: number, trained: string, chosen: string) =>
    count === 1
      ? `This adapter was trained for ${trained}, and the study uses ${chosen}.`
      : `These ${count} adapters were trained for ${trained}, and the study uses ${chosen}.`,
  useBase: (backbone: string) => `Get ${backbone} and open`,
  openAnyway: 'Open with the chosen backbone',
  leave: 'Leave them',
  running: 'A study runs: its backbone can be changed when it ends.',
});
