import { Suspense } from 'react';
import { Button, Dialog, DialogTrigger, Label, Popover, Radio, RadioGroup } from 'react-aria-components';
import type { BackendId } from '../../engine/engine.ts';
import { useServices, useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { lazily } from '../lazily.ts';
import { MeasureButton } from '../measure/MeasureButton.tsx';
import css from './header.module.css';

const AboutDevice = lazily(async () => (await import('./AboutDevice.tsx')).AboutDevice);

const CHOICES: readonly { readonly id: BackendId | 'auto'; readonly name: string; readonly note: string }[] = [
  { id: 'auto', name: 'Automatic', note: 'the fastest that passes its self-test' },
  { id: 'webgpu', name: 'WebGPU', note: 'own kernels on your graphics card' },
  { id: 'wasm', name: 'WebAssembly', note: 'own SIMD kernels on several threads' },
  { id: 'tfjs-webgpu', name: 'WebGPU, TensorFlow.js', note: 'a cross-check' },
  { id: 'tfjs-wasm', name: 'WebAssembly, TensorFlow.js', note: 'a cross-check' },
  { id: 'tfjs-cpu', name: 'Plain JavaScript', note: 'slow, works everywhere' },
];

/** The active backend: its name, whether it is real hardware, and a choice of others. */
export function BackendBadge() {
  const { controller } = useServices();
  const engine = useStudy((state) => state.engine);
  const engineStatus = useStudy((state) => state.engineStatus);
  const message = useStudy((state) => state.engineMessage);
  const backend = useStudy((state) => state.backend);
  const busy = useStudy((state) => state.status !== 'idle');
  const text =
    engineStatus === 'failed'
      ? 'No backend'
      : engine
        ? `${engine.device}${engine.software ? ' (software)' : ''}`
        : 'Checking device';
  const state = engineStatus === 'failed' ? 'bad' : !engine ? 'wait' : engine.software ? 'warn' : 'good';
  return (
    <DialogTrigger>
      <Button className={css.headerButton} aria-label={`Compute device: ${text}`}>
        <span className={css.dot} data-state={state} />
        <span className={css.device}>{text}</span>
      </Button>
      <Popover className={controls.popover} placement="bottom end" offset={4}>
        <Dialog className={css.backend} aria-label="Compute device">
          {({ close }) => (
            <>
              <p>
                {engineStatus === 'failed' && (message ?? 'No backend works in this browser.')}
                {engineStatus !== 'failed' && !engine && 'Looking for the fastest device that computes correctly.'}
                {engine &&
                  !engine.software &&
                  `Studies run on ${engine.device}. A small gradient was compared with a reference at start.`}
                {engine?.software &&
                  `${engine.device} imitates a graphics card on the processor. Results are right, but WebAssembly is usually faster here. For real WebGPU, switch on hardware acceleration in the browser’s settings.`}
              </p>
              {engine && message && <p className={css.muted}>{message}</p>}
              <RadioGroup
                className={css.choices}
                value={backend}
                isDisabled={busy}
                onChange={(value) => {
                  const choice = CHOICES.find(({ id }) => id === value);
                  if (choice) void controller.openEngine(choice.id);
                }}
              >
                <Label className={css.choicesLabel}>
                  Compute with{busy && ' (can be changed when the study has ended)'}
                </Label>
                {CHOICES.map(({ id, name, note }) => (
                  <Radio key={id} value={id} className={css.choice}>
                    <span className={css.radio} />
                    <span>
                      {name} <span className={css.muted}>{note}</span>
                    </span>
                  </Radio>
                ))}
              </RadioGroup>
              <Suspense>{engine && <AboutDevice engine={engine} />}</Suspense>
              <MeasureButton onOpen={close} />
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
