/** Opens a data set without a browser: folders, files, an address, or a data set of a hub, as the page opens them. */
import { existsSync } from 'node:fs';
import type { OpenedDataset } from '../../src/data/dataset/dataset-client.ts';
import { prepareImages } from '../../src/data/dataset/prepare.ts';
import { openReader, readFiles, type DatasetReader } from '../../src/data/dataset/reader.ts';
import type { SourceOptions } from '../../src/data/dataset/source.ts';
import type { ReadingChoice } from '../../src/data/formats/records.ts';
import { DATA_WORDS } from '../../src/data/remote/messages.ts';
import { DEFAULT_HUB } from '../../src/model/hub/model-id.ts';
import { squareGeometry } from '../../src/model/image-geometry.ts';
import { sourceOf } from '../../src/state/dataset/address-source.ts';
import { IN_TERMINAL, lookOnHub } from '../hub-names.ts';
import { filesOnDisk } from './files-on-disk.ts';
import { sharpDecoder } from './sharp-decoder.ts';

const WORDS = {
  ...DATA_WORDS,
  instead: 'name its file or folder with --data',
  damaged: 'Download it and name its file with --data.',
  later: 'Try again later, or download the data set and name its file with --data.',
  ...IN_TERMINAL,
};

/**
 * @param places paths, or one address or id. What exists on disk is a path
 * @throws Error with a full sentence when there is no such place or it cannot be read
 */
async function readerOf(places: readonly string[], options: SourceOptions & ReadingChoice): Promise<DatasetReader> {
  if (places.every((place) => existsSync(place))) return readFiles(await filesOnDisk(places), options);
  const [place] = places;
  const missing = places.find((each) => !existsSync(each)) ?? place;
  if (places.length > 1)
    throw new Error(`There is no file or folder "${missing}". Several --data must be paths; an address stands alone.`);
  const source = /^[./~]|\\/.test(place) ? null : sourceOf(place, process.env.COPRA_HUB ?? DEFAULT_HUB);
  if (!source)
    throw new Error(
      `"${place}" is neither a file or folder here, nor an address (https://…), nor a data set of the hub (owner/name).`,
    );
  lookOnHub(place);
  return openReader(source, { ...options, words: WORDS });
}

/** Lists a data set. Problems with its files are in its plan. @throws Error with a full sentence when it cannot be read */
export async function openData(
  places: readonly string[],
  options: SourceOptions & ReadingChoice = {},
): Promise<OpenedDataset> {
  let reader = await readerOf(places, options);
  return {
    plan: reader.plan,
    async relabel(choice, more = {}) {
      reader = await reader.relabel(choice, more.signal);
      return reader.plan;
    },
    prepare(records, imageSize, unique, { geometry = squareGeometry(imageSize), onProgress, signal } = {}) {
      const paths = new Map(reader.plan.images.map(({ record, path }) => [record, path]));
      return prepareImages(records, reader.read(records, signal), {
        decode: sharpDecoder(geometry),
        imageSize,
        unique,
        pathOf: (record) => paths.get(record) ?? String(record),
        onProgress,
        signal,
      });
    },
    close: () => undefined, // files are opened for every read
  };
}
