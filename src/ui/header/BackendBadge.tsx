import { Suspense } from 'react';
import { Button, Dialog, DialogTrigger, Label, Popover, Radio, RadioGroup } from 'react-aria-components';
import { BACKEND_IDS } from '../../engine/backends.ts';
import { knownEngine } from '../../state/study/study-store.ts';
import { useServices, useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { deviceName } from '../device-name.ts';
import { lazily } from '../lazily.tsx';
import { MeasureButton } from '../measure/MeasureButton.tsx';
import css from './header.module.css';
import { HEADER_WORDS } from './messages.ts';

const AboutDevice = lazily(async () => (await import('./about-device/AboutDevice.tsx')).AboutDevice);

const CHOICES = ['auto', ...BACKEND_IDS] as const;

const CHIP =
  'M4.2 4.2h7.6v7.6H4.2zM6.5 4.2v-2M9.5 4.2v-2M6.5 13.8v-2M9.5 13.8v-2M4.2 6.5h-2M4.2 9.5h-2M13.8 6.5h-2M13.8 9.5h-2';

/** The active backend: its name, whether it is real hardware, and a choice of others. */
export function BackendBadge() {
  const { controller } = useServices();
  const device = useStudy((state) => state.device);
  const engine = useStudy(knownEngine);
  const backend = useStudy((state) => state.backend);
  const busy = useStudy((state) => state.status !== 'idle');
  const text =
    device.status === 'failed'
      ? HEADER_WORDS.noBackend
      : engine
        ? `${deviceName(engine.device)}${engine.software ? ` ${HEADER_WORDS.software}` : ''}`
        : HEADER_WORDS.checking;
  const state = device.status === 'failed' ? 'bad' : !engine ? 'wait' : engine.software ? 'warn' : 'good';
  return (
    <DialogTrigger>
      <Button className={css.headerButton} aria-label={HEADER_WORDS.computeDeviceIs(text)}>
        <span className={css.state} data-state={state}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={CHIP} fill="none" stroke="currentColor" strokeWidth="1.5" />
          </svg>
        </span>
        <span className={css.device}>{text}</span>
      </Button>
      <Popover className={controls.popover} placement="bottom end" offset={4}>
        <Dialog className={css.backend} aria-label={HEADER_WORDS.computeDevice}>
          {({ close }) => (
            <>
              <p>
                {device.status === 'failed' && device.message}
                {device.status !== 'failed' && !engine && HEADER_WORDS.looking}
                {engine && !engine.software && HEADER_WORDS.runsOn(deviceName(engine.device))}
                {engine?.software && HEADER_WORDS.imitates(deviceName(engine.device))}
              </p>
              {device.status === 'ready' && device.message && <p className={css.muted}>{device.message}</p>}
              <RadioGroup
                className={css.choices}
                value={backend}
                isDisabled={busy}
                onChange={(value) => {
                  const choice = CHOICES.find((id) => id === value);
                  if (choice) void controller.openEngine(choice);
                }}
              >
                <Label className={css.choicesLabel}>
                  {busy ? HEADER_WORDS.computeWithLater : HEADER_WORDS.computeWith}
                </Label>
                {CHOICES.map((id) => (
                  <Radio key={id} value={id} className={css.choice}>
                    <span className={css.radio} />
                    <span>
                      {HEADER_WORDS.backends[id].name}{' '}
                      <span className={css.muted}>{HEADER_WORDS.backends[id].note}</span>
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
