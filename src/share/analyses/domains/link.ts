/** Section 16: accuracy on other domains. Present only in links of studies with it. */
import type { DomainsResult, Tested } from '../../../study/analyses/domains/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { readCurves, writeAccuracies } from '../../link/curve-codec.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import {
  MAX_ENTRIES,
  MAX_NAME,
  nameInLink,
  readArm,
  readRunList,
  readTables,
  writeArm,
  writeRunList,
  writeTables,
} from '../../link/sections/context.ts';
import { readVariance, writeVariance } from '../../link/sections/image-variances.ts';
import { readValue, writeValue } from '../../link/value-codec.ts';
import { readLambdas, readPathList, writeLambdas, writePathList } from '../landscape/link.ts';
import { LINK_CHECKS } from '../../link/words.ts';

/** More than any study has; limits what a forged link can make us allocate. */
const MAX_DOMAINS = 64;

type Domains = DomainsResult['domains'];
type Layers = Pick<DomainsResult['runs'][number], 'layers'> & {
  readonly subsets: readonly { readonly order: number; readonly active: number }[];
};

/** Lists of tests: of the backbone, of runs, of the subsets of every run, of the points of every path. */
const testsOf = ({ frozen, runs, paths }: Pick<DomainsResult, 'frozen' | 'runs' | 'paths'>): Tested[][] => [
  [frozen],
  runs,
  ...runs.map(({ subsets }) => subsets),
  ...paths.map(({ points }) => points),
];

const kindsOf = ({ config }: Pick<StudyResult, 'config'>) => config.analyses.domains?.paths ?? [];

function writeDomains(writer: CodedWriter, result: StudyResult): void {
  if (!result.domains) return;
  const { domains, runs, paths, imageVariances = [] } = result.domains;
  writer.varint(domains.length);
  for (const { name, images, pictures } of domains) {
    writeValue(writer, nameInLink(name));
    writer.varint(images);
    writer.varint(pictures);
  }
  writeRunList(writer, result, runs);
  writeTables(
    writer,
    runs.map(({ layers, subsets }): Layers => ({
      layers,
      subsets: subsets.map(({ order, active }) => ({ order, active })),
    })),
    ({ layers, subsets }) => {
      for (const count of [layers, subsets.length]) writer.varint(count);
      for (const { order, active } of subsets) for (const count of [order, active]) writer.varint(count);
    },
  );
  writePathList(writer, result, paths, kindsOf(result));
  writeTables(
    writer,
    paths.map(({ points }) => points.map(({ lambda }) => lambda)),
    (lambdas) => writeLambdas(writer, lambdas),
  );
  const tests = testsOf(result.domains);
  // Domain by domain, because every domain counts its own images.
  domains.forEach(({ images }, domain) => {
    const curves = tests.map((list) => list.map(({ accuracy }) => accuracy[domain] ?? 0));
    writeAccuracies(writer, curves, [images], 'path');
  });
  writer.varint(imageVariances.length);
  for (const { arm, domains: ofDomains, others } of imageVariances) {
    writeArm(writer, result, arm);
    for (const variance of [...ofDomains, others]) writeVariance(writer, variance);
  }
}

function readDomain(reader: Reader): Domains[number] {
  const name = readValue(reader);
  if (typeof name !== 'string') throw new BinaryError(LINK_CHECKS.domainName);
  return {
    name: name.slice(0, MAX_NAME),
    images: reader.varint('a number of images'),
    pictures: reader.varint('the pictures of a domain'),
  };
}

function readLayers(reader: Reader): Layers {
  const layers = reader.varint('a number of layers');
  const length = reader.count(MAX_ENTRIES, 'the number of tested sets of layers');
  const subsets = Array.from({ length }, () => ({
    order: reader.varint('an order of layers'),
    active: reader.varint('a number of layers'),
  }));
  return { layers, subsets };
}

function readDomains(reader: Reader, known: Pick<StudyResult, 'config' | 'task'>): DomainsResult {
  const domains = Array.from({ length: reader.count(MAX_DOMAINS, 'the number of domains') }, () => readDomain(reader));
  const runs = readRunList(reader, known, 'the number of tested runs');
  const layers = readTables(reader, runs.length, () => readLayers(reader));
  const paths = readPathList(reader, known, kindsOf(known));
  const lambdas = readTables(reader, paths.length, () => readLambdas(reader));
  const lengths = [
    1,
    runs.length,
    ...layers.map(({ subsets }) => subsets.length),
    ...lambdas.map((positions) => positions.length),
  ];
  /** [domains][lists][tests] */
  const accuracies = domains.map(() => readCurves(reader, lengths, 'the accuracies on a domain'));
  const testAt = (list: number, place: number): Tested => ({ accuracy: accuracies.map((lists) => lists[list][place]) });
  const imageVariances = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of arms') }, () => ({
    arm: readArm(reader, known),
    domains: domains.map(() => readVariance(reader)),
    others: readVariance(reader),
  }));
  return {
    domains,
    frozen: testAt(0, 0),
    runs: runs.map((run, r) => ({
      ...run,
      layers: layers[r].layers,
      ...testAt(1, r),
      subsets: layers[r].subsets.map((subset, i) => ({ ...subset, ...testAt(2 + r, i) })),
    })),
    paths: paths.map((path, p) => ({
      ...path,
      points: lambdas[p].map((lambda, i) => ({ lambda, ...testAt(2 + runs.length + p, i) })),
    })),
    ...(imageVariances.length > 0 && { imageVariances }),
  };
}

/** Keeps what every run reaches on other domains with everything on. */
function wholeRuns(result: StudyResult): StudyResult {
  const { domains } = result;
  if (!domains || (domains.paths.length === 0 && domains.runs.every(({ subsets }) => subsets.length === 0)))
    return result;
  return { ...result, domains: { ...domains, paths: [], runs: domains.runs.map((run) => ({ ...run, subsets: [] })) } };
}

export const DOMAINS_SECTION: Section = {
  tag: 16,
  holds: ({ domains }) => domains !== undefined,
  from: ({ domains }) => domains,
  details: ['path'],
  reductions: [
    { code: 61, worth: 290, apply: wholeRuns },
    { code: 60, worth: 580, figure: 'asked', apply: withoutPart('domains') },
  ],
  write: writeDomains,
  read: (reader, known) => ({ domains: readDomains(reader, known) }),
};
