/** What people read when a study file, an adapter or a measurement cannot be opened, or an adapter cannot be published. */
import { counted } from '../core/counted.ts';
import { catalogue } from '../core/language/catalogue.ts';

export const SHARE_CHECKS = catalogue('shareFiles', {
  result: (why: string) => `The result is not acceptable (${why}).`,
  newerResult:
    'A newer version of CopRA Playground made this result. Reload the page, or update the commands, and open it again.',
  manifest: (file: string, why: string) => `${file} is not acceptable (${why}).`,
  damagedZip: (why: string) => `The zip is damaged. ${why}`,
  damagedBecause: (why: string) => `The zip is damaged (${why}).`,
  notUnpacked: (file: string, why: string) => `The zip is damaged: ${file} cannot be unpacked (${why}).`,
  tooLarge: (file: string) => `${file} unpacks to more than a study can hold. The file was not opened.`,
  whatItNames: 'What it names',
  tooLargeToSave: (file: string, size: number, limit: number) =>
    `${file} has ${counted(size, 'megabyte')}, and a study file holds ${limit}: it could not be opened again. Nothing was saved.`,
  allOfIt: 'The study with its adapters',
  noJson: (file: string) => `${file} in the file is no JSON: the file is damaged.`,
  /** @param why may be empty */
  lacks: (file: string, why: string) =>
    `The zip lacks ${file}: it is no study of this page, or a damaged one. ${why}`.trimEnd(),
  missing: 'it is missing.',
  noBase: 'the file does not say of which backbone it is.',
  noArm: (arm: string) => `the study has no arm “${arm}”.`,
  noSeed: (seed: number) => `the study has no seed ${seed}.`,
  twice: (arm: string, seed: number) => `arm “${arm}”, seed ${seed} has an adapter already.`,
  activations: (layers: number, active: number) => `it has ${counted(layers, 'layer')}, but activations of ${active}.`,
  noMap: (tower: 'vision' | 'text', layer: number, projection: string, rows: number, columns: number) =>
    `its ${tower} layer ${layer} ${projection} [${rows}, ${columns}] is no map of its backbone.`,
  adapterLeftOut: (file: string, why: string) => `The adapter ${file} was left out: ${why}`,
  pictureLeftOut: (file: string, why: string) => `The picture ${file} was left out: ${why}`,
  otherBackbone: (trained: string, read: string) =>
    `Trained for ${trained} and read for ${read}, so it computes something else than it learned.`,
  otherWeights: (backbone: string) =>
    `Trained for other weights of ${backbone} than these, so it computes something else than it learned.`,
  linksStopped: 'The links could not be made: their worker stopped. Reload the page and try again.',
  workerStopped: 'Its worker stopped: the file is too large for the memory of this device, or made to stop it.',

  newerSettings:
    'A newer version of the page made it: settings that this version does not know are left out, and the others train nothing.',

  noPython: (backbone: string) =>
    `Python cannot train ${backbone}: models of timm have q, k and v in one map, which the script does not know.`,

  dimensions: (tensor: string, dimensions: number) =>
    `Tensor “${tensor}” is missing or not of ${dimensions} dimensions.`,
  noFactor: (tensor: string) => `“${tensor}” is no name of a LoRA factor of this project.`,
  ranksOfFactors: (module: string, rank: number, other: number) =>
    `The factors of “${module}” have ranks ${rank} and ${other}.`,
  noFactors: 'The file holds no LoRA factor.',
  otherRank: (module: string, rank: number, others: number) =>
    `“${module}” has rank ${rank}, other factors have rank ${others}.`,
  magnitudes: (module: string, magnitudes: number, rows: number) =>
    `“${module}” has ${counted(magnitudes, 'magnitude')} for its ${counted(rows, 'row')}.`,
  head: (rows: number, biases: number) =>
    `The head has ${counted(rows, 'row')} and ${counted(biases, 'bias', 'biases')}.`,

  chosenFiles: 'the chosen files',
  noZip: (path: string, why: string) => `${path} cannot be read: it is no zip file or damaged (${why}).`,
  adapterFileGone: (file: string, id: string): string =>
    `${file} of ${id} is not on this device any more. Open it from the hub again.`,
  pickle: (place: string) =>
    `${place} holds adapter_model.bin, a format that can run code. Save it again in Python: save_pretrained(…, safe_serialization=True).`,
  noWeights: (place: string, file: string) => `${place} has no ${file}.`,
  fileTwice: (path: string) =>
    `There are two files ${path}. Open their adapters one after the other, or give their folders other names.`,
  noConfig: (place: string, file: string) => `${place} has no ${file}, which says rank, α and targets.`,
  weightsTooLarge: (place: string, file: string) => `${place}: ${file} is too large to be an adapter.`,
  unpacksToMore: (path: string, gigabytes: number) =>
    `The adapters in ${path} would unpack to more than ${gigabytes} GB with what is opened beside it. Nothing was unpacked. Unpack it yourself and open fewer of its folders at a time.`,
  unpacksToTimes: (path: string, times: number) =>
    `The adapters in ${path} would unpack to more than ${times} times its size, which trained weights do not. Nothing was unpacked. If you trust it, unpack it yourself and open its folders.`,
  jsonUnpacksToMore: (path: string, megabytes: number) =>
    `The JSON files of the adapters in ${path} would unpack to more than ${megabytes} MB with what is opened beside it. Nothing was unpacked. Unpack it yourself and open fewer of its folders at a time.`,
  noAdapter: (config: string, weights: string) =>
    `There is no PEFT adapter: a folder or zip with ${config} and ${weights}.`,

  noRepository: (repo: string) =>
    `“${repo}” is not the name of a repository. Write owner/name, with your own name as the owner.`,
  noToken: 'That is no token of a hub: it begins with hf_. Make one that may write, in the settings of your account.',
  noReach: (host: string, why: string) =>
    `${host} could not be reached, or the connection was cut: ${why}. Nothing was published. Try again.`,
  tokenRefused: (host: string) =>
    `${host} does not accept this token (401). Check that it was copied whole and is not revoked.`,
  mayNotWrite: (host: string, repo: string) =>
    `${host} does not let this token write to ${repo} (403). It needs the role “write”, and the owner must be you or an organisation of yours.`,
  notSeen: (host: string, repo: string) => `${host} has no ${repo} that this token may see (404). Check the name.`,
  changedMeanwhile: (repo: string) => `${repo} was changed meanwhile (412). Publish again.`,
  tooMany: (host: string) => `${host} allows no more requests for now (429). Wait some minutes.`,
  refused: (host: string, status: number, why: string) => `${host} refuses (${status}): ${why}`,

  noMeasurementLink: 'This address holds no measurement.',
  otherFormat: (format: string, ours: number) =>
    `This link has format ${format}, and this page reads format ${ours}. Reload the page, or open the link in the version that made it.`,
  linkTooLong: 'This link is too long to be one of ours.',
  linkAltered: 'This link was cut off or altered on the way. Ask for it again.',
  noMeasurement: 'This is no measurement of a device.',
  newerMeasurement:
    'This measurement was made by a newer version of the page. Reload the page, or measure again with this one.',
  damagedMeasurement: (why: string) => `This measurement is damaged (${why}).`,
  quartiles: 'The quartiles do not enclose the median.',
  tooManyLimits: 'There are too many limits.',
  contenderTwice: 'A contender occurs twice.',
  contenderTwiceInTask: 'A contender occurs twice in a task.',
  taskTwice: 'A task occurs twice.',
  measurementNoJson: 'This file is no measurement: it is not JSON.',
});
