import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 as digest } from '../../../tests/support/bytes.ts';
import { readAtlasIndex, type AtlasIndex } from './atlas.ts';
import { conceptsBySide, loadBundledTask, loadTask, loadTestImages, outlineTask } from './bundled.ts';
import { readBuiltAtlas as read } from './test-atlas.ts';
import { BUNDLED_TASKS, GROUPS, bundledTask } from './tasks.ts';
import { ALL_SHOTS } from '../shots.ts';
import type { Task } from '../task.ts';

const histogram = (labels: Int32Array, classes: number) =>
  Array.from({ length: classes }, (_, label) => labels.filter((value) => value === label).length);

const loading = new Map<string, Promise<Task>>();
/** All images of a task, drawn once for all tests. */
function whole(id: string): Promise<Task> {
  const task = loading.get(id) ?? loadBundledTask(id, ALL_SHOTS, read);
  loading.set(id, task);
  return task;
}

describe('bundled tasks', () => {
  let index: AtlasIndex;

  beforeAll(async () => {
    index = await readAtlasIndex(read);
  });

  it('name their classes as the atlas does', () => {
    expect(index.groups).toEqual([...GROUPS]);
    for (const task of BUNDLED_TASKS) {
      const known = task.level === 'group' ? index.groups : index.subgroups;
      for (const name of task.classes) expect(known).toContain(name);
    }
    expect(new Set(BUNDLED_TASKS.map(({ id }) => id)).size).toBe(BUNDLED_TASKS.length);
  });

  it('keep every concept and every shared drawing on one side', () => {
    for (const task of BUNDLED_TASKS) {
      const { train, validation, test } = conceptsBySide(task, index);
      const sideOfUnit = new Map<number, string>();
      for (const [side, set] of Object.entries({ train, validation, test })) {
        for (const concept of set) {
          const { unit } = index.concepts[concept];
          expect(sideOfUnit.get(unit) ?? side).toBe(side);
          sideOfUnit.set(unit, side);
        }
      }
    }
  });

  it('say which images show one motif: those of a unit, in all styles', async () => {
    const { test, train } = await outlineTask('groups9-negative', ALL_SHOTS, read);
    const motifs = new Set(test.motifs);
    expect([test.count, test.motifs!.length, motifs.size]).toEqual([796, 796, 201]);
    const units = new Set(
      [...conceptsBySide(bundledTask('groups9-negative'), index).test].map((i) => index.concepts[i].unit),
    );
    expect(motifs).toEqual(units);
    // None of them is trained on.
    expect([...new Set(train.motifs)].filter((motif) => motifs.has(motif))).toEqual([]);
    const drawn = await loadTestImages(bundledTask('groups9-negative'), 50, read);
    expect(drawn.motifs).toEqual(test.motifs!.slice(0, 50));
  });

  it('share no concept between the tasks that are merged', () => {
    const seen = new Set<number>();
    for (const id of ['animals', 'food', 'travel', 'objects']) {
      const { train, validation, test } = conceptsBySide(bundledTask(id), index);
      for (const concept of [...train, ...validation, ...test]) {
        expect(seen.has(concept)).toBe(false);
        seen.add(concept);
      }
    }
  });

  it('load the default with about the images of the measured setting', async () => {
    const task = await whole('groups9-negative');
    expect([task.train.count, task.validation.count, task.test.count]).toEqual([5911, 748, 796]);
    expect(task.classes[3]).toBe('food drink');
    expect(task.prompts[3]).toBe('a picture of food drink');
    expect(Math.min(...histogram(task.test.labels, 9))).toBeGreaterThan(20);
    expect(task.train.pixels.length).toBe(5911 * 32 * 32 * 3);
    const corners = Array.from({ length: 200 }, (_, i) => task.train.pixels[i * 3072]);
    expect(corners.filter((value) => value === 0).length).toBeGreaterThan(120); // black paper
  });

  it('have no test image among the training images', async () => {
    const task = await whole('groups9-negative');
    const hashes = (set: { pixels: Uint8Array; count: number }) =>
      Array.from({ length: set.count }, (_, i) => digest(set.pixels.subarray(i * 3072, (i + 1) * 3072)));
    const train = new Set(hashes(task.train));
    expect(hashes(task.test).filter((hash) => train.has(hash))).toEqual([]);
  });

  // An outline has the labels of all images (below).
  it('show every class on every side', async () => {
    for (const { id } of BUNDLED_TASKS.filter(({ level }) => level === 'subgroup')) {
      const task = await outlineTask(id, ALL_SHOTS, read);
      for (const set of [task.train, task.validation, task.test]) {
        expect(Math.min(...histogram(set.labels, task.classes.length)), id).toBeGreaterThan(0);
      }
      expect(task.test.count).toBeGreaterThan(160);
    }
  });

  it('sample shots per class, the same every time, and leave the test set alone', async () => {
    const [a, again] = await Promise.all([5, 5].map((shots) => loadBundledTask('food', { shots }, read)));
    const all = await whole('food');
    expect(histogram(a.train.labels, 7)).toEqual([5, 5, 5, 5, 5, 5, 5]);
    expect(digest(again.train.pixels)).toBe(digest(a.train.pixels));
    expect(digest(all.test.pixels)).toBe(digest(a.test.pixels));
    const many = await loadBundledTask('food', { shots: 1000 }, read);
    expect(many.train.count).toBe(all.train.count);
  });

  it('sample other shots with another draw, which changes nothing where all images are taken', async () => {
    const [a, first, other] = await Promise.all(
      [{}, { draw: 0 }, { draw: 1 }].map((drawn) => loadBundledTask('food', { shots: 5, ...drawn }, read)),
    );
    expect(digest(first.train.pixels)).toBe(digest(a.train.pixels));
    expect(histogram(other.train.labels, 7)).toEqual([5, 5, 5, 5, 5, 5, 5]);
    expect(digest(other.train.pixels)).not.toBe(digest(a.train.pixels));
    expect(digest(other.test.pixels)).toBe(digest(a.test.pixels));
    const drawn = await loadBundledTask('food', { ...ALL_SHOTS, draw: 1 }, read);
    expect(digest(drawn.train.pixels)).toBe(digest((await whole('food')).train.pixels));
    await expect(loadBundledTask('food', { shots: 5, draw: -1 }, read)).rejects.toThrow(/draw/);
  });

  it('have an outline of the same images without their pixels, for which no artwork is read', async () => {
    const asked: string[] = [];
    const noting: typeof read = (file) => {
      asked.push(file);
      return read(file);
    };
    const task = await loadBundledTask('food', { shots: 5 }, read);
    const outline = await outlineTask('food', { shots: 5 }, noting);
    expect(asked).toEqual(['atlas.json']);
    const side = { pixels: new Uint8Array(0) };
    expect(outline).toEqual({
      ...task,
      train: { ...task.train, ...side },
      validation: { ...task.validation, ...side },
      test: { ...task.test, ...side },
    });
    await expect(outlineTask('food', { shots: 0 }, read)).rejects.toThrow(RangeError);
    await expect(async () => outlineTask('letters', ALL_SHOTS, read)).rejects.toThrow();
  });

  it.each([
    ['groups9-negative', 1],
    ['food', 2],
  ])('of %s, test images alone are the same, of %i of the three files of a style', async (id, parts) => {
    const asked: string[] = [];
    const { test } = await whole(id);
    const alone = await loadTestImages(bundledTask(id), null, (file) => (asked.push(file), read(file)));
    expect(asked).toHaveLength(1 + parts * bundledTask(id).styles.length);
    expect(alone.count).toBe(test.count);
    expect(alone.labels).toEqual(test.labels);
    expect(digest(alone.pixels)).toBe(digest(test.pixels));
    const first = await loadTestImages(bundledTask(id), 20, read);
    expect(digest(first.pixels)).toBe(digest(test.pixels.subarray(0, (20 * test.pixels.length) / test.count)));
  });

  it('order test images so that the first n are a fair sample', async () => {
    const task = await outlineTask('groups9-negative', ALL_SHOTS, read);
    const shares = histogram(task.test.labels, 9).map((count) => count / task.test.count);
    const part = histogram(task.test.labels.slice(0, 400), 9).map((count) => count / 400);
    shares.forEach((share, label) => expect(Math.abs(part[label] - share)).toBeLessThan(0.05));
  });

  it('can be narrowed to one style, as a federated client', async () => {
    const files: string[] = [];
    const spy = (file: string) => (files.push(file), read(file));
    const task = await loadTask({ ...bundledTask('food'), styles: ['noto'] }, ALL_SHOTS, spy);
    expect(files).toEqual(['atlas.json', 'noto.1.atlas', 'noto.2.atlas', 'noto.3.atlas']);
    expect(task.train.count + task.validation.count + task.test.count).toBe(131);
  });

  it('refuse what does not exist', async () => {
    await expect(async () => loadBundledTask('letters', ALL_SHOTS, read)).rejects.toThrow(
      /no bundled task “letters”.*groups9-negative/,
    );
    await expect(loadBundledTask('food', { shots: 0 }, read)).rejects.toThrow(RangeError);
  });
});
