/** The images of other domains. They are of test concepts only, or transforms of test images, so nothing in them was trained on. */
import { shownTask } from './task-names.ts';
import type { LabelledImages, Task } from '../task.ts';
import type { ReadFile } from './atlas.ts';
import { loadTestImages } from './bundled.ts';
import { applyDomain } from './domains.ts';
import { lookOf, type Look, type OtherDomainId } from './other-domains.ts';
import { bundledById } from './tasks.ts';
import { ARTWORK_WORDS } from './words.ts';

interface OtherDomain {
  readonly id: OtherDomainId;
  readonly images: LabelledImages;
  /** Which pictures it shows: 0 are the task's own test pictures. Domains with the same number show the same ones, in the same order. */
  readonly pictures: number;
}

/**
 * The first test images of a task in other domains, any prefix of which is a fair sample.
 *
 * @param domains of otherDomainsOf
 * @param limit most images of a domain; null = all
 * @param read of the bundled artwork; null if there is none, which own images do not need
 * @returns images with pixels [count, imageSize, imageSize, 3]
 * @throws Error when the task is a bundled one and its artwork cannot be read
 */
export async function loadOtherDomains(
  task: Pick<Task, 'id' | 'name' | 'test' | 'imageSize'>,
  domains: readonly OtherDomainId[],
  limit: number | null,
  read: ReadFile | null,
): Promise<OtherDomain[]> {
  const bundled = bundledById(task.id);
  if (bundled && !read) throw new Error(ARTWORK_WORDS.noDomains(shownTask(task.id, task.name)));
  const drawings = new Map<string, LabelledImages>();
  /** Pictures as they are drawn, on white. */
  const drawn = async ({ styles }: Look): Promise<LabelledImages> => {
    if (!bundled || !read) return firstImages(task.test, limit);
    const known = drawings.get(styles.join());
    if (known) return known;
    const images = await loadTestImages({ ...bundled, styles, domain: 'plain' }, limit, read);
    drawings.set(styles.join(), images);
    return images;
  };
  const names = [bundled ? bundled.styles.join() : ''];
  const found: OtherDomain[] = [];
  for (const id of domains) {
    const look = lookOf(id);
    const images = await drawn(look);
    const name = bundled ? look.styles.join() : '';
    if (!names.includes(name)) names.push(name);
    const pixels = applyDomain(look.domain, images.pixels, task.imageSize);
    found.push({ id, images: { ...images, pixels }, pictures: names.indexOf(name) });
  }
  return found;
}

function firstImages({ count, pixels, labels, motifs }: LabelledImages, limit: number | null): LabelledImages {
  const taken = Math.min(count, limit ?? Infinity);
  return {
    count: taken,
    pixels: pixels.subarray(0, count > 0 ? (pixels.length / count) * taken : 0),
    labels: labels.subarray(0, taken),
    ...(motifs && { motifs: motifs.subarray(0, taken) }),
  };
}
