import { counted } from '../../core/counted.ts';
import { Button } from 'react-aria-components';
import { reopenSaved } from '../../state/page/saved-results.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useServices, useStudy } from '../context.ts';
import { clock, date } from '../format.ts';
import css from './live.module.css';

function BackToSaved() {
  const { study } = useServices();
  return (
    <Button className={css.textButton} onPress={() => void reopenSaved(study, document.baseURI)}>
      Show the saved result
    </Button>
  );
}

const CHIPS = { saved: 'Saved result', link: 'From the link', file: 'From the file', united: 'United' } as const;

/** Where the numbers on the page come from: saved, computed here, or contained in a link. */
export function SourceStrip({ result }: { result: StudyResult | null }) {
  const source = useStudy((state) => state.source);
  const status = useStudy((state) => state.status);
  if (!result || source === 'none')
    return (
      <div className={css.source}>
        <span className={css.chip}>No result yet</span>
        <p className={css.sourceText}>
          Press “Run it here”: both arms train on this device, and every chart fills as they do.
        </p>
      </div>
    );
  const { provenance, config } = result;
  const evaluatedOnly = result.runs.length > 0 && result.runs.every(({ steps, test }) => steps === 0 && test !== null);
  const size = evaluatedOnly
    ? `${counted(config.arms.length, 'adapter')} evaluated, nothing trained`
    : `${counted(config.arms.length, 'arm')} × ${counted(config.seeds.length, 'seed')} × ${counted(config.training.steps, 'step')}`;
  const where = `${provenance.device}${provenance.software ? ' (software)' : ''}`;
  if (source === 'live') {
    const state =
      status !== 'idle'
        ? 'computing on this device'
        : result.status === 'complete'
          ? `computed on this device in ${clock(provenance.seconds)}`
          : 'stopped; what was done is kept';
    return (
      <div className={css.source} data-kind="live">
        <span className={css.chip}>{status === 'idle' ? 'Computed here' : 'Live'}</span>
        <p className={css.sourceText}>
          {size}, {state} · {where}
        </p>
        {status === 'idle' && <BackToSaved />}
      </div>
    );
  }
  return (
    <div className={css.source}>
      <span className={css.chip}>{CHIPS[source]}</span>
      <p className={css.sourceText}>
        {source === 'link' && 'Numbers from the link, not computed here. '}
        {source === 'united' && 'Studies of other seeds as one, not all computed here. '}
        {source === 'file' && 'Numbers from the file, not computed here. '}
        {date(provenance.date)} · {where} · {size}
      </p>
      {source !== 'saved' && <BackToSaved />}
    </div>
  );
}
