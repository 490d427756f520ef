import { describe, expect, it } from 'vitest';
import { collectedFiles, createCollectStore, newestOfFew } from './collect-store.ts';

describe('pictures gathered by hand', () => {
  it('become a folder per class, whatever the names are', () => {
    const collect = createCollectStore();
    const [first, second] = collect.getState().classes;
    collect.rename(first.id, '../a/b');
    collect.rename(second.id, ' ');
    collect.add([new Blob(['x'], { type: 'image/png' })]);
    collect.add([new Blob(['y'], { type: 'image/jpeg' }), new Blob(['z'])], second.id);
    collect.removeImage(second.id, collect.getState().classes[1].images[1].id);
    const paths = collectedFiles(collect.getState().classes).map(({ path }) => path);
    expect(paths).toEqual([
      expect.stringMatching(/^My pictures\/a b\/\d+\.png$/),
      expect.stringMatching(/^My pictures\/class 2\/\d+\.jpg$/),
    ]);
  });

  it('can be asked about while they are too few to learn from', () => {
    const store = createCollectStore();
    expect(newestOfFew(store.getState(), 3)).toBeNull();
    const [one, two, three] = ['1', '2', '3'].map((text) => new Blob([text]));
    store.bring([one]);
    store.bring([two], store.getState().classes[1].id);
    expect(newestOfFew(store.getState(), 3)).toBe(two);
    store.bring([three]);
    expect(newestOfFew(store.getState(), 3)).toBeNull();
  });

  it('are told of when the reader brings them, with what their class has then', () => {
    const collect = createCollectStore();
    const [first, second] = collect.getState().classes;
    collect.add([new Blob(['from the camera'])]);
    expect(collect.getState().brought).toBeNull();
    collect.bring([new Blob(['x']), new Blob(['y'])]);
    expect(collect.getState().brought).toMatchObject({ images: 2, to: { id: first.id, images: { length: 3 } } });
    collect.bring([new Blob(['z'])], second.id);
    expect(collect.getState().brought).toMatchObject({ images: 1, to: { id: second.id, images: { length: 1 } } });
  });

  it('are called by the first name that none of the others has, also where the reader gave none', () => {
    const collect = createCollectStore();
    const names = () => collect.getState().classes.map(({ name }) => name);
    collect.addClass();
    collect.removeClass(collect.getState().classes[1].id);
    collect.addClass();
    expect(names()).toEqual(['class 1', 'class 3', 'class 2']);
    const [first, second, third] = collect.getState().classes;
    collect.rename(first.id, ' ');
    collect.rename(second.id, '/class 1');
    collect.rename(third.id, '');
    for (const { id } of [first, second, third]) collect.add([new Blob(['x'])], id);
    const folders = collectedFiles(collect.getState().classes).map(({ path }) => path.split('/')[1]);
    expect(folders).toEqual(['class 2', 'class 1', 'class 3']);
    collect.addClass();
    expect(names().at(-1)).toBe('class 4');
  });
});
