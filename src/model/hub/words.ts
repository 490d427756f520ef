/** What people read when models and adapters are fetched from hubs and servers, or kept on this device. */
import { catalogue } from '../../core/language/catalogue.ts';
import type { SourceWords } from '../../platform/http/words.ts';

export const MODEL_WORDS = catalogue<SourceWords>('modelSource', {
  thing: 'model',
  instead: 'drop its folder here',
  check: 'Check the name and the revision.',
  damaged: 'Choose another revision or model.',
  later: 'Try again later, or drop the folder of the model here.',
  again: 'Get it again.',
});

export const ADAPTER_WORDS = catalogue<SourceWords>('adapterSource', {
  thing: 'adapter',
  instead: 'open its folder here',
  check: 'Check the name and the revision.',
  damaged: 'Choose another revision or adapter.',
  later: 'Try again later, or open the folder of the adapter here.',
  again: 'Open it again.',
});

export const HUB_WORDS = catalogue('modelHub', {
  /** Behind the reason why every try failed. */
  kept: 'What has arrived is kept: the next try goes on from there.',

  noHub: (host: string) => `${host} answers differently from a model hub. Check its address.`,
  noModel: (repo: string, revision: string, host: string) =>
    `There is no model “${repo}” with the revision “${revision}” on ${host} (404). Check the spelling.`,
  hubAnswer: 'The answer of the hub',
  nameTooLong: (name: string, most: number) =>
    `The address is too long to be the name of a model: ${name} has more than ${most} characters. Put the files under a shorter one, or drop their folder here.`,
  cannotUse: (name: string, why: string) => `${name} cannot be used. ${why}`,

  changed: (name: string, what: string) =>
    `The files of ${name} on this device are not those that were fetched: ${what}. They were changed or damaged since. Delete the model and get it again.`,
  listChanged: 'their list has another SHA-256 than their name',
  fileChanged: (file: string) => `${file} has another SHA-256`,
  notHere: (name: string) =>
    `The backbone ${name} is not on this device. Get it under “Backbone” first, or choose another.`,
  earlyName: (name: string, source: string) =>
    `${name} was kept by an earlier version, which named it by its configuration and the header of its weights only: ` +
    `whether a link or a saved study means these very weights cannot be told. Get it again from ${source}, and its name stands for every byte.`,
  folderGone: 'The folder vanished while it was written. Try again.',
  otherTab: 'Another tab is fetching the same. Wait for it, or close that tab.',
  weightsGone: 'The weights vanished while they were checked. Try again.',
  /** @param free null if it is not known, or enough as the device counts it */
  noSpace: (needed: string, free: string | null) =>
    `The model needs ${needed} on this device${free === null ? '' : `, and this page has ${free} left`}. Delete a model under “Models on this device”, or free disk space.`,
  notAsWritten: (file: string) =>
    `${file} reads back otherwise than it was written: the storage of this device is damaged, or something else writes to it. Nothing was kept. Try again.`,
  otherFiles: (source: string, is: string, expected: string) =>
    `Together, the files behind ${source} have the SHA-256 ${is}…, not ${expected}…: they were changed since, or damaged on the way. ` +
    'Nothing was kept. Get the address without its SHA-256 to use the files it has now.',
  otherAdapterFiles: (source: string, is: string, expected: string) =>
    `Together, the files behind ${source} have the SHA-256 ${is}…, not ${expected}…: they were changed since, or damaged on the way. Nothing was kept. Open the address without its SHA-256 to use the files it has now.`,
  otherDigest: (file: string, is: string, expected: string) =>
    `${file} arrived with the SHA-256 ${is}…, but its hub names ${expected}…: it was changed or damaged on the way. ` +
    'Nothing was kept. Try again, over another network if it happens twice.',
  tooManyBytes: (file: string, bytes: number) => `${file} has ${bytes} bytes, which no such file of a model has.`,
  fileGone: (file: string) => `${file} is not there any more.`,

  noConfig: 'There is no config.json: this is not a model, or it is in another format.',
  noTokenizer:
    'There is no tokenizer.json (nor vocab.json and merges.txt), so class prompts cannot be encoded. Add one of another repository of the same model.',
  headerTooLong: (bytes: number) => `the header of ${bytes} bytes is too long for any model.`,
  headerCutOff: (end: number, bytes: number) =>
    `the header ends at byte ${end}, but the file has only ${bytes}: it is cut off.`,
  tooManyShards: (index: string, files: number, most: number) => `${index} names ${files} files; ${most} is the most.`,
  noShard: (file: string, index: string) => `There is no ${file}, which ${index} names.`,

  tooManyAdapters: (place: string, found: number, first: string, most: number) =>
    `${place} holds ${found} adapters; name the folder of one (${place}/${first}), or of fewer than ${most + 1}.`,
  pickle: (place: string, file: string) =>
    `${place} holds ${file}, a format that can run code. Ask its author to save it again: save_pretrained(…, safe_serialization=True).`,
  noAdapter: (place: string, config: string, weights: string) =>
    `${place} holds no PEFT adapter: no folder of it has both ${config} and ${weights}.`,
  adapterGone: (file: string) => `There is no ${file} any more.`,
  adapterTooLarge: (file: string, bytes: number) => `${file} has ${bytes} bytes, too many for an adapter.`,
  noSpaceForAdapter:
    'This device has no room for the adapter. Delete adapters, models or data sets that are kept on it, or free disk space.',
  noAdapterConfig: (file: string) => `There is no ${file}: no PEFT adapter lies there.`,
});
