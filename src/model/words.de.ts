/** What people read when the files of a model do not fit, in German. */
import { integer } from '../core/number-format.ts';
import type { FILE_CHECKS } from './words.ts';

const listed = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

export const modelFiles: typeof FILE_CHECKS = {
  isPage: (file) =>
    `${file} kam als Webseite: Unter dieser Adresse gibt es keine solche Datei, oder dieses Netz verlangt erst eine Anmeldung.`,
  notJson: (file, why) => `${file} ist kein JSON in UTF-8: „${why}“`,
  badKey: (file, key, why) => `${file}, ${key ?? 'oberste Ebene'}: ${why}`,
  noWeightsName: 'ist kein Name einer safetensors-Datei',
  notPositive: 'muss positiv sein',
  noFile: (file) => `Im Ordner des Modells fehlt ${file}.`,
  noShard: (file, index) => `Im Ordner des Modells fehlt ${file}, das ${index} nennt.`,
  notInShard: (index, tensor, file) => `Laut ${index} liegt „${tensor}“ in ${file}, doch dort fehlt dieser Tensor.`,
  notInFiles: (tensor) => `In den Dateien gibt es keinen Tensor „${tensor}“.`,

  tooShort: (bytes) =>
    `Die Datei hat ${integer(bytes)} Bytes; eine safetensors-Datei beginnt mit der Länge ihres Headers in 8 Bytes.`,
  headerTooLong: (bytes, most) =>
    `Der Header soll ${bytes} Bytes lang sein, mehr als ${integer(most)}: Ist das keine safetensors-Datei?`,
  headerCutOff: (end, bytes) =>
    `Der Header endet bei Byte ${integer(end)}, aber die Datei hat nur ${integer(bytes)}: Sie ist abgeschnitten. Kopiere oder lade die ganze Datei noch einmal.`,
  cutOff: (bytes, whole) =>
    `Die Datei ist abgeschnitten: Sie hat ${integer(bytes)} von ${integer(whole)} Bytes. Kopiere oder lade die ganze Datei noch einmal.`,
  headerNotJson: (begin, end, why) =>
    `Der Header (Bytes ${integer(begin)} bis ${integer(end)}) ist kein JSON in UTF-8: „${why}“`,
  headerNoObject: 'Der Header muss ein JSON-Objekt sein, das bei Byte 8 beginnt.',
  tensorTwice: 'Der Header nennt einen Tensor doppelt.',
  noMetadata: '__metadata__ muss ein Objekt aus Texten sein.',
  metadataNoText: (key) => `__metadata__.${key} muss ein Text sein.`,
  ofTensor: (tensor, what) => `Tensor „${tensor}“: ${what}`,
  entryNoObject: 'Sein Eintrag im Header muss ein Objekt sein.',
  dtype: (dtype, supported) => `dtype ${dtype} wird nicht unterstützt; unterstützt werden ${supported}.`,
  shape: (shape) => `shape ${shape} ist keine Liste aus ganzen Zahlen ab 0.`,
  offsets: (offsets) => `data_offsets ${offsets} ist kein geordnetes Paar aus ganzen Zahlen ab 0.`,
  wrongSize: (shape, dtype, needed, given) =>
    `shape ${listed(shape)} in ${dtype} braucht ${integer(needed)} Bytes, data_offsets geben ${integer(given)}.`,
  overlap: (tensor, at) => `Tensor „${tensor}“ überlappt bei Datenbyte ${integer(at)} mit dem Tensor davor.`,
  gap: (begin, end, tensor) =>
    `Die Datenbytes ${integer(begin)} bis ${integer(end)} vor „${tensor}“ gehören zu keinem Tensor.`,
  rest: (begin, end) =>
    `Die Datenbytes ${integer(begin)} bis ${integer(end)} am Ende der Datei gehören zu keinem Tensor.`,
  tooBig: (tensor, value) => `Tensor „${tensor}“ enthält ${value}, was nicht in 32 Bit passt.`,
  notFloats: (tensor, dtype) => `Tensor „${tensor}“ ist ${dtype}; erwartet werden Gleitkommazahlen.`,
  notIntegers: (tensor, dtype) => `Tensor „${tensor}“ ist ${dtype}; erwartet werden ganze Zahlen.`,
  noTensor: (tensor) => `In der Datei gibt es keinen Tensor „${tensor}“.`,

  missing: (tensor, found) => `Dem Checkpoint fehlt der Tensor „${tensor}“, den seine config.json verlangt. ${found}`,
  noTensors: 'Er hat überhaupt keine Tensoren.',
  tensorsFound: (names, more) =>
    `Seine Tensoren heißen ${names.map((name) => `„${name}“`).join(', ')}${more > 0 ? ` und ${integer(more)} weitere` : ''}.`,
  otherShape: (tensor, shape, due) =>
    `Tensor „${tensor}“ hat die Form ${listed(shape)}; config.json verlangt ${listed(due)}.`,
  notFinite: (tensor, value, at) =>
    `Tensor „${tensor}“ enthält ${value} an Stelle ${at}: Der Checkpoint ist beschädigt.`,
  noPatches: (image, patch) => `Bilder von ${image} px lassen sich nicht in Patches von ${patch} px schneiden.`,
  elongated: (width, height, most) =>
    `Ein Bild von ${width}×${height} px ist zu langgestreckt: Eine Seite darf höchstens ${most}-mal so lang sein wie die andere.`,

  notMultiple: (where, key, value, ofKey, of) => `${where}: ${key} ${value} ist kein Vielfaches von ${ofKey} ${of}.`,
  topLevel: 'oberste Ebene',
  channels: (where, channels) => `${where}: num_channels ist ${channels}; nur RGB (3) wird unterstützt.`,
  endToken: (where, token, vocabulary) =>
    `${where}: eos_token_id ${token} liegt außerhalb des Vokabulars aus ${integer(vocabulary)} Tokens.`,
  swiglu: (file) => `${file}: DINOv2 mit use_swiglu_ffn (giant) wird nicht unterstützt; nimm small, base oder large.`,
  supportedModels:
    'CLIP (model_type „clip“ oder „clip_vision_model“), ViT („vit“), DeiT („vit“ oder „deit“), DINOv2 („dinov2“) und die einfachen vit_…, deit_… und test_vit von timm',
  notSupported: (file, what, supported) => `${file}: ${what} Unterstützt werden ${supported}.`,
  textAlone: 'model_type „clip_text_model“ ist nur der Text-Encoder, der keine Bilder sieht.',
  siglip: 'model_type „siglip“ wird nicht unterstützt: Es hat kein Klassen-Token und einen anderen Loss.',
  noType: 'Es gibt weder einen model_type noch eine architecture.',
  activation: (name, supported) => `hidden_act „${name}“ wird nicht unterstützt; unterstützt werden ${supported}.`,
  otherType: (type) => `model_type „${type}“ wird nicht unterstützt.`,
  timmArguments: (where, refused, read) => `${where}: nicht unterstützt: ${refused}; gelesen werden ${read}.`,
  timmArchitecture: (file, architecture) =>
    `${file}: Die timm-Architektur „${architecture}“ wird nicht unterstützt; unterstützt werden vit_ und deit_ in tiny, small, base und large ` +
    `(zum Beispiel vit_tiny_patch16_224), vit_…_patch14_dinov2 und test_vit.`,
  inputSize: (file, size) => `${file}: input_size muss drei Kanäle und ein Quadrat sein, nicht ${size}.`,
  inputOfPatches: (file, size, patch) =>
    `${file}: Die Eingabegröße ${size} ist kein Vielfaches der Patchgröße ${patch}.`,
  cropMode: (file, mode, supported) =>
    `${file}: crop_mode „${mode}“ wird nicht unterstützt; unterstützt werden ${supported}.`,
  interpolation: (file, filter, supported) =>
    `${file}: interpolation „${filter}“ wird nicht unterstützt; unterstützt werden ${supported}.`,
  notSquare: (where, height, width) =>
    `${where}: ${height}×${width} ist kein Quadrat; nur quadratische Eingaben werden unterstützt.`,
  resample: (where, filter) =>
    `${where}: Filter ${filter} wird nicht unterstützt; nimm 2 (bilinear), 3 (bikubisch) oder 4 (box).`,
  deviationZero: (where) => `${where}: Durch eine Standardabweichung von 0 lässt sich nicht teilen.`,
  cropTooLarge: (file, crop, resized) => `${file}: crop_size ${crop} ist größer als das skalierte Bild (${resized}).`,

  tokenizer: (why) => `tokenizer.json lässt sich nicht verwenden: „${why}“`,
  tokenizerConfig: 'tokenizer_config.json muss ein JSON-Objekt sein.',
  contextTooShort: (tokens) => `Ein Kontext von ${tokens} Tokens fasst kein Start- und End-Token.`,
  vocabularyNoObject: 'vocab.json muss ein Objekt aus Token-Nummern sein.',
  noToken: (token) => `In vocab.json fehlt ${token}: Das ist kein Vokabular von CLIP.`,
};
