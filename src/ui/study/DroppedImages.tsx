import { useStore } from 'zustand/react';
import { Checkbox, Input, TextField } from 'react-aria-components';
import type { DroppedDataset } from '../../data/dropped.ts';
import { SPLIT } from '../../data/dropped.ts';
import { useServices } from '../context.ts';
import { ShareSlider } from '../controls/ShareSlider.tsx';
import { integer, plural } from '../format.ts';
import css from './study.module.css';
import { Thumbnail } from './Thumbnail.tsx';

const PREVIEWS = 6;

/** The first images of a class, straight from the decoded pixels. */
function previews(dataset: DroppedDataset, name: string): Uint8Array[] {
  const label = dataset.classes.indexOf(name);
  const stride = dataset.imageSize ** 2 * 3;
  const found: Uint8Array[] = [];
  for (let i = 0; i < dataset.labels.length && found.length < PREVIEWS; i++) {
    if (dataset.labels[i] === label) found.push(dataset.pixels.subarray(i * stride, (i + 1) * stride));
  }
  return found;
}

const countOf = (dataset: DroppedDataset, side: number): number =>
  dataset.split.reduce((sum, value) => sum + (value === side ? 1 : 0), 0);

export function DroppedImages() {
  const { dataset: store } = useServices();
  const { phase, classes, progress, dataset, problems, name, shares, splitGiven } = useStore(store);
  if (phase === 'empty')
    return (
      <p className={css.note}>No images yet: they are not part of a link or a saved result. Drop them again to run.</p>
    );
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return (
    <div className={css.dropped}>
      <p className={css.droppedHead} aria-live="polite">
        <strong>{name || 'Your images'}</strong>
        <span>
          {phase === 'listing' && 'reading the folder'}
          {phase === 'decoding' &&
            (progress && progress.total > 0
              ? `decoding ${integer(progress.done)} of ${integer(progress.total)}`
              : 'decoding')}
          {phase === 'failed' && 'cannot be used yet'}
          {phase === 'ready' &&
            dataset &&
            `${plural(dataset.labels.length, 'image')}, ${plural(dataset.classes.length, 'class', 'classes')}`}
        </span>
      </p>
      {phase === 'ready' && dataset && (
        <p className={css.note}>
          {integer(countOf(dataset, SPLIT.train))} to train, {integer(countOf(dataset, SPLIT.validation))} to validate,{' '}
          {integer(countOf(dataset, SPLIT.test))} to test.
        </p>
      )}
      {classes.length > 1 && !splitGiven && (
        <div className={css.shares}>
          <ShareSlider
            label="Test share"
            value={shares.test}
            min={0.05}
            max={0.5}
            onChange={(test) => store.hold({ ...shares, test })}
          />
          <ShareSlider
            label="Validation share"
            value={shares.validation}
            min={0.05}
            max={0.3}
            onChange={(validation) => store.hold({ ...shares, validation })}
          />
        </div>
      )}
      {splitGiven && <p className={css.note}>The split follows your train, validation and test folders.</p>}
      {errors.map(({ message }, i) => (
        <p key={i} className={css.problem} role="alert">
          {message}
        </p>
      ))}
      <ul className={css.classes}>
        {classes.map((entry, i) => (
          <li key={entry.found} className={css.class}>
            <div className={css.classHead}>
              <Checkbox
                aria-label={`Use the class ${entry.found}`}
                className={css.check}
                isSelected={entry.name !== null}
                onChange={(on) => store.rename(i, on ? entry.found : null)}
              >
                <span className={css.checkBox} />
              </Checkbox>
              <TextField
                aria-label={`Name of the class ${entry.found}, used in its prompt`}
                className={css.className}
                value={entry.name ?? entry.found}
                isDisabled={entry.name === null}
                maxLength={80}
                onChange={(value) => store.rename(i, value)}
              >
                <Input className={css.textInput} />
              </TextField>
              <span className={css.count}>{integer(entry.count)}</span>
            </div>
            {dataset && entry.name !== null && (
              <div className={css.previews}>
                {previews(dataset, entry.name.trim()).map((pixels, p) => (
                  <Thumbnail
                    key={p}
                    pixels={pixels}
                    size={dataset.imageSize}
                    label={`${entry.found}, image ${p + 1}`}
                  />
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
      {classes.length > 0 && (
        <p className={css.note}>
          Names become prompts: “a picture of …”. Equal names merge classes; an unchecked class is left out.
        </p>
      )}
      {warnings.length > 0 && (
        <ul className={css.warnings} aria-label="Notes about your files">
          {warnings.map(({ message }, i) => (
            <li key={i}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
