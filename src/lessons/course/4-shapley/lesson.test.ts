import { describe, expect, it } from 'vitest';
import { MAX_EXACT } from '../../../study/analyses/shapley/settings.ts';
import { TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import { sideOf } from '../../facts.ts';
import { runConfig } from '../../run-settings.ts';
import { lora, outcomeOf, saved, stepAt, view } from '../test-lessons.ts';
import { lessonShapley } from './messages.de.ts';
import { SHAPLEY_LESSON_WORDS } from './messages.ts';

describe('lesson 4', () => {
  it('counts the coalitions of the layers shown', () => {
    const step = stepAt('shapley/twelve');
    expect(step.words(view(saved)).text).toContain('$2^{16} = 65{,}536$');
  });

  it('says for how many layers every coalition is evaluated', () => {
    expect(MAX_EXACT).toEqual({ players: 16, perTower: 12 });
    expect(SHAPLEY_LESSON_WORDS.allLayers.text([])).toContain(
      'at most sixteen layers, and at most twelve in one tower',
    );
    expect(lessonShapley.allLayers.text([])).toContain(
      'höchstens sechzehn Schichten, und höchstens zwölf in einem Encoder,',
    );
  });

  it('asks by the even share of the layers shown', () => {
    const step = stepAt('shapley/twelve');
    expect(lora.evenTopThird).toBe(5 / 16);
    expect(step.prediction!.words(view(saved)).question).toContain('would get 31 % of the credit');
    expect(step.prediction!.words(view(null)).question).toContain('would get about a third of the credit');
    expect(step.prediction!.outcome(view(saved))).toContain('an even split would give 31.3 %');
    expect(sideOf(saved, TOP_THIRD_SHARE)).toBe('unclear');
  });

  it('reads a share as evenness where both lie on the same side of one even share', () => {
    const outcome = (ofLora: number, ofCopra: number, seeds = saved.config.seeds): string =>
      outcomeOf('shapley/twelve')({
        ...saved,
        imageVariances: [],
        shapley: saved.shapley
          .filter(({ seed }) => seeds.includes(seed))
          .map((entry) => ({
            ...entry,
            topThirdShare: (entry.arm === lora.arm ? ofLora : ofCopra) + entry.seed / 1000,
          })),
      });
    expect(outcome(0.7, 0.4)).toContain('Here it does: its share is clearly nearer to an even one.');
    expect(outcome(0.05, 0.25)).toContain('Here it does');
    expect(outcome(0.25, 0.05)).toContain('**farther** from an even one: the opposite');
    expect(outcome(0.4, 0.7)).toContain('**farther**');
    expect(outcome(0.4, 0.05)).toContain('Here its share is clearly lower. The two shares do not lie on the same side');
    expect(outcome(0.05, 0.4)).toContain('Here its share is clearly higher. The two shares do not');
    expect(outcome(0.4, 0.05, [0])).toContain('Here it cannot be told: there are too few seeds.');
  });

  it('leads to the document of results from a result that is there', () => {
    const { outcome } = stepAt('shapley/twelve').prediction!;
    expect(outcome(view(saved))).toContain('(docs/results.md gives');
    expect(outcome(view(saved, { isSaved: false }))).not.toContain('docs/results.md');
  });

  it('counts the layers of every arm where they adapt different towers', () => {
    const step = stepAt('shapley/twelve');
    const others = saved.shapley.map((entry) =>
      entry.arm === lora.arm
        ? entry
        : { ...entry, players: entry.players.slice(0, 4), accuracy: entry.accuracy.slice(0, 4) },
    );
    const result = { ...saved, shapley: others };
    expect(step.words(view(result)).text).toContain('sit on 16 layers (LoRA) and 4 layers (CopRA)');
    expect(step.words(view(result)).text).toContain('$2^{16} = 65{,}536$ (LoRA) and $2^{4} = 16$ (CopRA) coalitions');
    expect(step.prediction!.words(view(result)).question).toMatch(/would get 31 % \(LoRA\) and \d+ % \(CopRA\)/);
    expect(step.prediction!.outcome(view(result))).toMatch(
      /even split would give 31\.3 % \(LoRA\) and [\d.]+ % \(CopRA\)/,
    );
  });

  it('its run has a fourth of the saved pictures, which doubles the sampling error', () => {
    const step = stepAt('shapley/run');
    const config = runConfig(step.run!);
    expect(saved.config.analyses.shapley.images).toBe(4 * config.analyses.shapley.images);
    expect(step.prediction!.words(view(saved)).question).toContain('on 16 pictures instead of 64');
    const nothing = saved.shapley.map((entry) => ({ ...entry, accuracy: entry.accuracy.map(() => 0.001) }));
    const own = (shapley: typeof saved.shapley) =>
      step.prediction!.outcome(view({ ...saved, config, shapley }, { computedHere: true }));
    expect(own(nothing)).toContain('the value of 16 of 16 layers is no larger than its error');
    expect(own(saved.shapley)).not.toContain('16 of 16 layers');
  });
});
