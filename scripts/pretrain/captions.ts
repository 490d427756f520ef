/** Random captions of a concept: its name, its tags, its subgroup or its group. */
import type { Rng } from '../../src/core/rng.ts';
import type { AtlasIndex } from '../../src/data/bundled/atlas.ts';
import { className, promptOf } from '../../src/data/bundled/tasks.ts';

const NOUNS = ['emoji', 'icon', 'picture', 'drawing'] as const;
const MOST_TAGS = 3;

/**
 * 40 % "a {emoji|icon|picture|drawing} of {label}", 10 % the label and up to three tags, 10 % "a picture of {subgroup} {label}",
 * 20 % "a picture of {subgroup}", 20 % "a picture of {group}".
 */
export function drawCaption(index: AtlasIndex, concept: number, rng: Rng): string {
  const { name, tags, group, subgroup } = index.concepts[concept];
  const kind = rng.uniform();
  if (kind < 0.4) return `a ${NOUNS[rng.integer(NOUNS.length)]} of ${name}`;
  if (kind < 0.5) return [name, ...rng.shuffle([...tags]).slice(0, MOST_TAGS)].join(' ');
  const subgroupName = className(index.subgroups[subgroup]);
  if (kind < 0.6) return promptOf(`${subgroupName} ${name}`);
  if (kind < 0.8) return promptOf(subgroupName);
  return promptOf(className(index.groups[group]));
}
