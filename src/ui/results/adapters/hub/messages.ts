/** The words around published adapters. */
import { catalogue } from '../../../../core/language/catalogue.ts';
import { counted } from '../../../../core/counted.ts';

export const HUB_ADAPTER_WORDS = catalogue('hubAdapters', {
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
  /** @param goesOn what is here is used; false: a server names no versions, and all of it comes again */
  unfinished: (size: string, goesOn: boolean) =>
    `unfinished: ${size}. Open its name again to ${goesOn ? 'complete it' : 'get it whole'}.`,
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
      : `These ${counted(count, 'adapter')} were trained for ${trained}, and the study uses ${chosen}.`,
  getBase: (backbone: string) => `Get ${backbone} and open`,
  openAnyway: 'Open with the chosen backbone',
  leave: 'Do not open',
  publish: 'Publish an adapter',
  publishIntro:
    'Writes an adapter to a repository of yours on the hub: the PEFT folder, its card, and how it was trained, with the names of the classes and their prompts, in one commit. No image goes along. In a repository that is there, files of the same names are replaced; what stands at the head of its card, such as the licence, stays.',
  adapter: 'Adapter',
  repository: 'Repository: owner/name',
  token: 'Your token, with the right to write',
  tokenNote: 'The token goes to the hub and nowhere else. It is not stored, and forgotten when this page is closed.',
  private: 'Private, if the repository is new',
  withStudy: 'With the study, as a file that opens it here',
  studyHolds: (adapters: number) =>
    `The study goes along as copra-study.zip: its settings, names of classes and prompts, its results with the answer to every test image, when and on which device it was computed, and ${counted(adapters, 'adapter')}. The names of a classroom’s devices stay here.`,
  publishNow: (hub: string) => `Publish on ${hub}`,
  publishing: (file: string, share: string) => `Sending ${file}: ${share}`,
  preparing: 'Preparing the files',
  cancel: 'Cancel',
  published: (repo: string, commit: string) => `Published as ${repo}@${commit}.`,
  running: 'A study runs: its backbone can be changed when it ends.',
});
