/** The Python export reads image files as the page does: the script, and what its notebook fetches from the hub. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAtlasFile } from '../../scripts/headless.ts';
import { sharpDecoder } from '../../scripts/data/sharp-decoder.ts';
import { taskFromDropped, type DroppedDataset } from '../../src/data/dataset/dropped.ts';
import { loadBundledTask } from '../../src/data/bundled/bundled.ts';
import type { LabelledImages } from '../../src/data/task.ts';
import { pythonNotebook } from '../../src/share/python/notebook.ts';
import { pythonZip } from '../../src/share/python/python-files.ts';
import { pythonScript } from '../../src/share/python/script.ts';
import { IMAGES_FOLDER, imageFiles } from '../../src/share/python/image-files.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { hasModules, python, sayUnchecked } from '../support/python.ts';

const hasPillow = hasModules('PIL');
const hasFolders = hasModules('PIL', 'torch');
if (!hasPillow) sayUnchecked('how the Python export reads image files (PIL)');
if (!hasFolders) sayUnchecked('folders of images in the Python export (PIL, torch)');

const SIDE = 24;
const [{ config }] = PRESETS;
const task = { name: 'own', classes: ['apple', 'Pear'] };
const folder = mkdtempSync(path.join(tmpdir(), 'python-images-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A picture of which no turn is another one. */
const drawn = (alpha = 1): Sharp =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect width="24" height="12" fill="#c22" opacity="${alpha}"/><rect y="12" width="12" height="12" fill="#29d"/>${alpha === 1 ? '<rect x="12" y="12" width="12" height="12" fill="#fd6"/>' : ''}</svg>`,
    ),
  );

/** CMYK whose inks no profile names. */
const plainInks = (): Promise<Buffer> =>
  drawn().removeAlpha().toColourspace('cmyk').jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();

/** Upright or not, transparent in part or in nothing, of 8 bits and of 16. */
const kinds = (): Record<string, Promise<Buffer>> => ({
  'plain.png': drawn().removeAlpha().png().toBuffer(),
  'alpha.png': drawn(0.4).png().toBuffer(),
  'palette.png': drawn(0.4).png({ palette: true }).toBuffer(),
  'grey-alpha.png': drawn(0.4).greyscale().png().toBuffer(),
  'grey.png': drawn().removeAlpha().greyscale().png().toBuffer(),
  'alpha.webp': drawn(0.4).webp({ lossless: true }).toBuffer(),
  'turned-alpha.webp': drawn(0.4).webp({ lossless: true }).withMetadata({ orientation: 8 }).toBuffer(),
  'grey-16.png': drawn().removeAlpha().toColourspace('grey16').png().toBuffer(),
  'colours-16.png': drawn().removeAlpha().toColourspace('rgb16').png().toBuffer(),
  'colours-alpha-16.png': drawn(0.4).toColourspace('rgb16').png().toBuffer(),
  'grey-alpha-16.png': drawn(0.4).toColourspace('grey16').png().toBuffer(),
  'two-colours.png': drawn().removeAlpha().png({ palette: true, colours: 2, dither: 0 }).toBuffer(),
  'p3.png': drawn().removeAlpha().withIccProfile('p3').png().toBuffer(),
  'p3-alpha.png': drawn(0.4).withIccProfile('p3').png().toBuffer(),
  'p3.jpg': drawn().removeAlpha().withIccProfile('p3').jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
  'inks.jpg': plainInks(),
  'palette.gif': drawn(0.4).gif().toBuffer(),
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [
      `turned-${i + 1}.jpg`,
      drawn()
        .removeAlpha()
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .withMetadata({ orientation: i + 1 })
        .toBuffer(),
    ]),
  ),
});

/** What the notebook needs of Hugging Face's `datasets`, with a single class. The body of Rows may go on behind it. */
const HUB = `class ClassLabel:
    names = ["apple"]
    def int2str(self, label):
        return "apple"
class Picture:
    pass
class Rows(list):
    features = {"picture": Picture(), "label": ClassLabel()}`;

/** The script's part that reads images, without models. */
function imagesPart(script = pythonScript(config, task)): string {
  const [law, rest] = script.split('# ---- Initial values ---');
  return `${law}# ---- Images ---${rest.split('# ---- Images ---')[1].split('# ---- Analyses ---')[0]}`;
}

/** The notebook's cell of images. */
function imagesCell(): string {
  const { cells } = JSON.parse(pythonNotebook(config, task)) as { cells: { source: string[] }[] };
  return cells.map(({ source }) => source.join('')).find((text) => text.includes('def folder_of')) ?? '';
}

/** What of it fills a folder from a hub. */
const folderOf = (): string => `def install(*packages): pass  # they are stood in for
${/^SPLITS = [\s\S]*?(?=\n\n\ndef folders_in)/m.exec(imagesCell())?.[0] ?? ''}`;

/** The largest differences of pixels [SIDE, SIDE, 3] to what the page reads, by file. */
async function differences(read: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const decode = sharpDecoder({
    imageSize: SIDE,
    resizeTo: SIDE,
    keepAspect: false,
    filter: 'box',
    cropRounding: 'down',
  });
  const entries = Object.entries(kinds()).map(async ([name, bytes]): Promise<[string, number]> => {
    const ours = await decode(new Uint8Array(await bytes));
    const theirs = Buffer.from(read[name], 'base64');
    expect(theirs, name).toHaveLength(ours.length);
    return [name, Math.max(...ours.map((value, i) => Math.abs(value - theirs[i])))];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Two readers of JPEG differ by a step or two. */
const MOST = 2;

const far = (found: Readonly<Record<string, number>>): string[] =>
  Object.keys(found).filter((name) => found[name] > MOST);

describe.skipIf(!hasPillow)('the Python export', () => {
  beforeAll(async () => {
    for (const [name, bytes] of Object.entries(kinds())) writeFileSync(path.join(folder, name), await bytes);
  });

  it('turns pictures upright and puts white behind transparent ones, as the page does', async () => {
    const program = `${imagesPart()}
import base64, sys
read = {path.name: read_picture(path) for path in sorted(Path(sys.argv[1]).iterdir()) if path.is_file()}
print(json.dumps({name: base64.b64encode(image.tobytes()).decode() for name, image in read.items()}))`;
    const found = await differences(JSON.parse(python(program, folder)) as Record<string, string>);
    expect(far(found)).toEqual([]);
  });

  it('takes inks for those that a profile names, nearly as a browser does', async () => {
    const file = path.join(folder, 'inks-of-a-profile', 'picture.jpg');
    mkdirSync(path.dirname(file));
    const inks = drawn().removeAlpha().withIccProfile('cmyk').jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
    writeFileSync(file, await inks.toBuffer());
    const program = `${imagesPart()}
import sys
picture = read_picture(Path(sys.argv[1]))
print(json.dumps([picture.getpixel(at) for at in ((5, 5), (5, 18), (18, 18))]))`;
    const read = JSON.parse(python(program, file)) as number[][];
    /** What Chromium shows of it. */
    const shown = [
      [201, 52, 51],
      [50, 142, 190],
      [248, 209, 87],
    ];
    const apart = read.flatMap((pixel, i) => pixel.map((value, channel) => Math.abs(value - shown[i][channel])));
    expect(Math.max(...apart)).toBeLessThanOrEqual(8);
  });

  it('keeps pictures of the hub as they are for the script that reads them', async () => {
    const program = `${imagesPart()}
import base64, os, sys, types
${HUB}
paths = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_file())
rows = Rows({"picture": Image.open(path), "label": 0} for path in paths)
told = {"ClassLabel": ClassLabel, "Image": Picture, "load_dataset": lambda source: {"train": rows, "test": Rows()}}
sys.modules["datasets"] = types.SimpleNamespace(**told)
os.makedirs(sys.argv[2])
os.chdir(sys.argv[2])
${folderOf()}
saved = sorted((folder_of("owner/name") / "train" / "apple").iterdir())
print(json.dumps({path.name: base64.b64encode(read_picture(file).tobytes()).decode() for path, file in zip(paths, saved)}))`;
    const out = path.join(folder, 'notebook');
    const found = await differences(JSON.parse(python(program, folder, out)) as Record<string, string>);
    expect(far(found)).toEqual([]);
  });

  it('draws test images of the hub from those for training alone, and keeps the validation split', () => {
    const program = `
import json, os, sys, types
from pathlib import Path
from PIL import Image
${HUB}
    def train_test_split(self, share, seed, stratify_by_column):
        cut = round((1 - share) * len(self))
        return {"train": Rows(self[:cut]), "test": Rows(self[cut:])}
def rows(count):
    return Rows({"picture": Image.new("L", (2, 2)), "label": 0} for _ in range(count))
told = {"ClassLabel": ClassLabel, "Image": Picture, "load_dataset": lambda source: {"train": rows(10), "valid": rows(3)}}
sys.modules["datasets"] = types.SimpleNamespace(**told)
os.makedirs(sys.argv[1])
os.chdir(sys.argv[1])
${folderOf()}
made = folder_of("owner/name")
print(json.dumps({split.name: len(list(split.glob("apple/*.png"))) for split in made.iterdir()}))`;
    expect(JSON.parse(python(program, path.join(folder, 'splits')))).toEqual({ train: 8, test: 2, validation: 3 });
  });

  it('counts the images of the notebook past files that lie loose below a split', () => {
    const data = path.join(folder, 'loose');
    for (const file of ['train/apple/1.png', 'train/apple/2.png', 'train/.DS_Store', 'notes.txt']) {
      mkdirSync(path.dirname(path.join(data, file)), { recursive: true });
      writeFileSync(path.join(data, file), '');
    }
    const program = `from pathlib import Path\n${imagesCell().replace('SOURCE = "images"', `SOURCE = ${JSON.stringify(data)}`)}`;
    expect(python(program).trim()).toBe("train {'apple': 2}");
  });
});

describe.skipIf(!hasFolders)('a folder of images in the Python export', () => {
  it('is read in the order of the page, as many of each class as the study trains on', async () => {
    const bytes = await kinds()['turned-6.jpg'];
    const files = Object.entries({ Pear: 5, apple: 12 }).flatMap(([name, count]) =>
      Array.from({ length: count }, (_, i) => path.join('train', name, `${i}.jpg`)),
    );
    const data = path.join(folder, 'data');
    for (const file of files) {
      mkdirSync(path.dirname(path.join(data, file)), { recursive: true });
      writeFileSync(path.join(data, file), bytes);
    }
    // What the page passes over.
    for (const file of ['.hidden.jpg', 'scan.tif', 'notes.txt'])
      writeFileSync(path.join(data, 'train', 'apple', file), bytes);
    for (const litter of ['.cache', '__MACOSX', 'notes']) {
      mkdirSync(path.join(data, 'train', litter));
      writeFileSync(path.join(data, 'train', litter, litter === 'notes' ? '1.txt' : '1.jpg'), bytes);
    }
    const program = `${imagesPart()}
import sys, types
import torch
PINNED, place_of_model = {}, str
def prepared(images, return_tensors):
    return {"pixel_values": torch.stack([torch.tensor(list(image.getdata())) for image in images])}
AutoImageProcessor = types.SimpleNamespace(from_pretrained=lambda model: prepared)
data = Path(sys.argv[1])
def told(images):
    pixels, labels = images.batch([len(images) - 1], False, "cpu")
    names = [Path(path).relative_to(data).as_posix() for path in images.paths]
    assert pixels[0].tolist() == [list(pixel) for pixel in read_picture(images.paths[-1]).getdata()]
    assert labels.tolist() == images.labels[-1:]
    return {"names": names, "labels": images.labels}
print(json.dumps([told(Images(data / "train")), told(Images(data / "train", 3))]))`;
    const told = JSON.parse(python(program, data)) as { names: string[]; labels: number[] }[];
    const listed = files.toSorted((a, b) => Number(a.includes('Pear')) - Number(b.includes('Pear')));
    const own: DroppedDataset = {
      name: 'own',
      imageSize: 1,
      classes: task.classes,
      prompts: task.classes,
      pixels: Uint8Array.from(listed.flatMap((_, i) => [i, 0, 0])),
      labels: Int32Array.from(listed, (file) => Number(file.includes('Pear'))),
      split: new Uint8Array(listed.length),
    };
    for (const [i, shots] of [null, 3].entries()) {
      const { count, labels, pixels } = taskFromDropped(own, { shots }).train;
      const names = Array.from({ length: count }, (_, at) => listed[pixels[3 * at]]);
      expect(told[i]).toEqual({ names, labels: [...labels] });
    }
  });

  it.each([3, null])(
    'holds a bundled task as the page studies it, from its zip: %s images of every class',
    async (shots) => {
      const study: StudyConfig = { ...config, task: 'animals', shots, draw: 2 };
      const ours = await loadBundledTask(study.task, study, readAtlasFile);
      const files = unzipSync(pythonZip(study, ours, imageFiles(ours)));
      const data = path.join(folder, `zip-${shots}`);
      for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(data, name)), { recursive: true });
        writeFileSync(path.join(data, name), bytes);
      }
      const script = new TextDecoder().decode(files['copra-python/train_copra.py']);
      const program = `${imagesPart(script)}
import sys, types
import torch
PINNED, place_of_model = {}, str
AutoImageProcessor = types.SimpleNamespace(from_pretrained=lambda model: None)
data = Path(sys.argv[1])
def told(side, shots=None):
    images = Images(data / side, shots)
    pixels = hashlib.sha256(b"".join(read_picture(path).tobytes() for path in images.paths)).hexdigest()
    return {"pixels": pixels, "labels": images.labels, "motifs": images.motifs}
print(json.dumps([told("train", STUDY["shots"]), told("validation"), told("test"), told("train", 1)]))`;
      const [train, validation, test, fewer] = JSON.parse(
        python(program, path.join(data, 'copra-python', IMAGES_FOLDER)),
      ) as unknown[];
      const facts = ({ pixels, labels, motifs = new Int32Array() }: LabelledImages) => ({
        pixels: createHash('sha256').update(pixels).digest('hex'),
        labels: [...labels],
        motifs: [...motifs],
      });
      expect(ours.test.count).toBeGreaterThan(100);
      expect({ train, validation, test }).toEqual({
        train: facts(ours.train),
        validation: facts(ours.validation),
        test: facts(ours.test),
      });
      // Fewer shots of all the images are those that the page would draw.
      const one = await loadBundledTask(study.task, { shots: 1, draw: 2 }, readAtlasFile);
      if (shots === null) expect(fewer).toEqual(facts(one.train));
    },
  );

  it.each([
    ['decodes a picture that is augmented', true, 3 * SIDE ** 2],
    ['prepares a picture that is not augmented', false, 3 * SIDE ** 2 * 8],
  ])('%s once, until those that are kept fill a limit, and gives the same pixels', async (_, augmented, bytes) => {
    const data = path.join(folder, 'kept');
    for (const name of task.classes) mkdirSync(path.join(data, 'train', name), { recursive: true });
    const pictures = await Promise.all(Object.values(kinds()));
    for (const [i, picture] of pictures.entries())
      writeFileSync(path.join(data, 'train', task.classes[i % 2], `${i}.png`), picture);
    const program = `${imagesPart()}
import random, sys, types
import torch
PINNED, opened, place_of_model = {}, [], str
def listed(picture):
    return torch.tensor(list(picture.getdata()))
def processor(images, return_tensors):
    return {"pixel_values": torch.stack([listed(image) if isinstance(image, Image.Image) else image.long() for image in images])}
AutoImageProcessor = types.SimpleNamespace(from_pretrained=lambda model: processor)
TF = types.SimpleNamespace(pil_to_tensor=lambda picture: listed(picture).to(torch.uint8))
read, augment = read_picture, lambda pixels: pixels
def read_picture(path):
    opened.append(path)
    return read(path)
def told(limit, keeps=True):
    global KEPT_BYTES
    KEPT_BYTES, Images.kept_bytes = limit, 0
    opened.clear()
    images = Images(Path(sys.argv[1]) / "train", keeps=keeps)
    places, digest = list(range(len(images))), hashlib.sha256()
    for epoch in range(3):
        random.Random(epoch).shuffle(places)
        for place in places:
            digest.update(images.batch([place], json.loads(sys.argv[2]), "cpu")[0].numpy().tobytes())
    return [len(opened), Images.kept_bytes, digest.hexdigest()]
print(json.dumps([told(2**20), told(5 * int(sys.argv[3]) + 1), told(2**20, keeps=False)]))`;
    const told = JSON.parse(python(program, data, String(augmented), String(bytes))) as [number, number, string][];
    const count = pictures.length;
    expect(told.map((each) => each.slice(0, 2))).toEqual([
      [count, count * bytes],
      [3 * count - 2 * 5, 5 * bytes],
      [3 * count, 0],
    ]);
    expect(new Set(told.map(([, , digest]) => digest)).size).toBe(1);
  });

  it('is refused before anything is trained where none of its files is an image', () => {
    const data = path.join(folder, 'empty');
    for (const file of ['apple/.hidden.jpg', 'apple/scan.tif', 'loose.jpg']) {
      mkdirSync(path.dirname(path.join(data, 'test', file)), { recursive: true });
      writeFileSync(path.join(data, 'test', file), '');
    }
    const program = `${imagesPart()}
import sys
Images(Path(sys.argv[1]) / "test")`;
    expect(() => python(program, data)).toThrow(/test: there is no image in a folder of its class\. .*\.png/);
  });
});
