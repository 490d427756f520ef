/** What `npm run card` writes: one JSON file that says everything about a graphics card. The page opens it as the measurement it holds. */
import * as v from 'valibot';
import { errorText } from '../../src/core/error-text.ts';
import type { Measurement } from '../../src/engine/measure/measurement.ts';
import { parseMeasurement } from '../../src/share/measurement/schema.ts';

export const PART_IDS = ['start', 'protocol', 'tuning', 'peers', 'study', 'vectors'] as const;
export type PartId = (typeof PART_IDS)[number];

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Amount = v.pipe(v.number(), v.finite(), v.minValue(0));

const AdapterSchema = v.object({ name: v.string(), backend: v.string(), software: v.boolean() });

/** From a loaded backbone and images at hand to the first step, in milliseconds, with the stores of compiled shaders off. */
const StartSchema = v.object({
  model: v.string(),
  runs: Count,
  pipelines: Count,
  /** Of them, made while the first step waited for them. */
  lateCount: Count,
  compile: Amount,
  firstStep: Amount,
  laterStep: Amount,
  /** Share of compile + firstStep that a later step does not take. */
  compileShare: Amount,
});

/** What the tuner found at the shapes of a study. */
const TuningSchema = v.object({
  problem: v.string(),
  /** Milliseconds the tuner was given. */
  budget: Amount,
  /** Whether it got to its end. */
  finished: v.boolean(),
  /** GFLOP/s of large products in the usual form; null: not measured. */
  peak: v.nullable(Amount),
  sites: v.array(
    v.object({
      site: v.string(),
      usual: v.string(),
      /** Null: the usual one. */
      form: v.nullable(v.string()),
      /** In the usual form, and in the fastest; null: not measured. */
      milliseconds: v.nullable(v.tuple([Amount, Amount])),
      error: Amount,
      /** Milliseconds of the other forms that were timed. */
      others: v.record(v.string(), Amount),
      /** Of the peak, in the fastest form; null: not known. */
      share: v.nullable(Amount),
    }),
  ),
  faults: v.record(v.string(), v.string()),
  /** Median milliseconds of a whole step in the usual forms and in the chosen ones, in turns; null: not measured. */
  step: v.nullable(v.object({ usual: Amount, chosen: Amount, rounds: Count })),
});

/** A training step of the engine, or of PyTorch on the same data. */
const ContenderSchema = v.object({
  name: v.string(),
  /** Median and quartiles in milliseconds, of the whole step of all runs. */
  median: Amount,
  low: Amount,
  high: Amount,
  repetitions: Count,
  /** Seconds before the first timed step: compiling. */
  warmUp: Amount,
  loss: v.pipe(v.number(), v.finite()),
});

/** What PyTorch says of itself. */
export const TorchSchema = v.object({ version: v.string(), device: v.string(), peft: v.nullable(v.string()) });

const PeersSchema = v.object({
  /** Where PyTorch computed: "cuda: NVIDIA …", "cpu"; null: it is not here. */
  torch: v.nullable(TorchSchema),
  /** What is missing, and why. */
  missing: v.array(v.string()),
  cases: v.array(
    v.object({
      id: v.picklist(['emoji-1', 'emoji-4', 'vit-b32']),
      name: v.string(),
      contenders: v.array(ContenderSchema),
    }),
  ),
});

export const StudySchema = v.object({
  preset: v.string(),
  device: v.string(),
  seconds: Amount,
  arms: v.array(v.object({ name: v.string(), accuracy: Amount })),
});

const VectorsSchema = v.object({
  passes: v.array(
    v.object({
      /** Which kernels: a profile of a card, or forms. */
      kernels: v.string(),
      /** Compared outputs, and those of them that are not right. */
      checked: Count,
      wrong: v.array(v.string()),
      /** Names of the forms that were used. */
      forms: v.array(v.string()),
      seconds: Amount,
    }),
  ),
  /** Passes that there was no time for, or that cannot run on this adapter. */
  left: v.array(v.object({ kernels: v.string(), why: v.string() })),
});

const PartSchema = v.object({
  id: v.picklist(PART_IDS),
  state: v.picklist(['done', 'stopped', 'failed', 'skipped']),
  allowed: Amount,
  took: Amount,
  why: v.nullable(v.string()),
});

const AimSchema = v.object({
  aim: v.string(),
  /** What was found, in words; null: nothing. */
  found: v.nullable(v.string()),
  verdict: v.picklist(['pass', 'fail', 'not measured']),
  why: v.nullable(v.string()),
});

const MeasurementSchema = v.pipe(
  v.unknown(),
  v.transform((value): Measurement => parseMeasurement(value)),
);

const CardReportSchema = v.object({
  kind: v.literal('copra-card'),
  version: v.literal(1),
  release: v.string(),
  date: v.pipe(v.string(), v.isoTimestamp()),
  /** Seconds allowed, and taken. */
  budget: Amount,
  took: Amount,
  host: v.object({ system: v.string(), processor: v.string(), cores: Count, node: v.string() }),
  adapters: v.array(AdapterSchema),
  adapter: AdapterSchema,
  /** The timestamps of the GPU: as it counts, and not rounded to 65.5 µs as in browsers. Absent: of a release that did not ask for that. */
  stamps: v.optional(v.literal('exact')),
  /** What was done to find or install a driver. */
  setup: v.array(v.string()),
  parts: v.array(PartSchema),
  aims: v.array(AimSchema),
  measurement: v.nullable(MeasurementSchema),
  start: v.nullable(StartSchema),
  tuning: v.nullable(v.array(TuningSchema)),
  peers: v.nullable(PeersSchema),
  study: v.nullable(StudySchema),
  vectors: v.nullable(VectorsSchema),
});

export type Start = v.InferOutput<typeof StartSchema>;
export type Tuning = v.InferOutput<typeof TuningSchema>;
export type Peers = v.InferOutput<typeof PeersSchema>;
export type PeerCase = Peers['cases'][number];
export type Study = v.InferOutput<typeof StudySchema>;
export type Vectors = v.InferOutput<typeof VectorsSchema>;
export type Aim = v.InferOutput<typeof AimSchema>;
export type CardReport = v.InferOutput<typeof CardReportSchema>;

/** What the parts find, by part. */
export interface Findings {
  readonly start: Start;
  readonly protocol: Measurement;
  readonly tuning: readonly Tuning[];
  readonly peers: Peers;
  readonly study: Study;
  readonly vectors: Vectors;
}

const FINDINGS: { readonly [I in PartId]: v.GenericSchema<unknown, Findings[I]> } = {
  start: StartSchema,
  protocol: MeasurementSchema,
  tuning: v.array(TuningSchema),
  peers: PeersSchema,
  study: StudySchema,
  vectors: VectorsSchema,
};

/** Why no report holds what a part tells, such as a number that is none; null: one does. Whatever it is, the other parts must not be lost with it. */
export function faultOf(id: PartId, found: unknown): string | null {
  try {
    v.parse(FINDINGS[id], found);
    return null;
  } catch (error) {
    return errorText(error);
  }
}

/** @param value parsed JSON @throws ValiError or MeasurementError naming what is wrong */
export const parseCardReport = (value: unknown): CardReport => v.parse(CardReportSchema, value);
