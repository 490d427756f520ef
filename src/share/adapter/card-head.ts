/** The head of a card: YAML between two lines of dashes, by which a hub knows the backbone, the library and the licence of a model. */
import { oneLine } from '../../core/one-line.ts';

/** A head, and the rest of the card behind it. */
const CARD = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/;
/** The first line of an entry; all lines up to the next belong to it. */
const KEY = /^["']?([A-Za-z_][\w-]*)["']?[ \t]*:/;

export interface CardFacts {
  /** Whether it classifies by prompts. */
  readonly hasPrompts: boolean;
  readonly hasClassifier: boolean;
  readonly dora: boolean;
  /** owner/name on a hub; null where no hub has the backbone. */
  readonly baseModel: string | null;
}

/** A JSON string is one of YAML. */
const yamlText = (text: string): string => JSON.stringify(oneLine(text));

const taskOf = ({ hasPrompts, hasClassifier }: CardFacts): string | null =>
  hasPrompts ? 'zero-shot-image-classification' : hasClassifier ? 'image-classification' : null;

/** @returns its lines */
export function cardHead(facts: CardFacts): string[] {
  const task = taskOf(facts);
  return [
    '---',
    'library_name: peft',
    ...(facts.baseModel === null ? [] : [`base_model: ${yamlText(facts.baseModel)}`]),
    ...(task === null ? [] : [`pipeline_tag: ${task}`]),
    'tags:',
    `- ${facts.dora ? 'dora' : 'lora'}`,
    '- copra-playground',
    '---',
  ];
}

/** The entries of a head by their keys, as they are written; what stands before the first has the key ''. */
function entriesOf(head: string): Map<string, string[]> {
  const entries = new Map<string, string[]>();
  let key = '';
  for (const line of head.split(/\r?\n/)) {
    key = KEY.exec(line)?.[1] ?? key;
    entries.set(key, [...(entries.get(key) ?? []), line]);
  }
  return entries;
}

/** What the files decide: an older card says it of other files. */
const OF_FILES: ReadonlySet<string> = new Set(['library_name', 'base_model', 'pipeline_tag']);
/** The tag of a kind of adapter, as an item of a list in lines or in brackets. */
const KIND_TAG = /(?<=(?:^\s*(?:-\s+)?|[[,]\s*)["']?)(?:lora|dora)(?=["']?\s*(?:[\],]|$))/g;

/**
 * A card with the head of the one that it replaces. What that says stays, the licence too, but for what the new files decide: backbone,
 * library, task, and which of the tags "lora" and "dora" is theirs.
 */
export function withHeadOf(card: string, before: string): string {
  const [, old] = CARD.exec(before) ?? [];
  const [, own, body] = CARD.exec(card) ?? [];
  if (old === undefined || own === undefined) return card;
  const [kept, said] = [entriesOf(old), entriesOf(own)];
  const [kind] = own.match(/(?<=^- )(?:lora|dora)$/m) ?? ['$&'];
  const stays = [...kept]
    .filter(([key]) => !OF_FILES.has(key) || said.has(key))
    .map(([key, lines]) => [key, key === 'tags' ? lines.map((line) => line.replace(KIND_TAG, kind)) : lines] as const);
  const entries = new Map([...stays, ...[...said].filter(([key]) => OF_FILES.has(key) || !kept.has(key))]);
  return ['---', ...[...entries.values()].flat(), '---', body].join('\n');
}
