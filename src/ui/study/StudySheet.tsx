/**
 * The study's settings over the page, on a phone. Escape, Close and the browser's Back close it, and a study that begins, which is seen on the page; the
 * focus returns to what opened it.
 */
import { useEffect, useRef } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { closeSheet } from '../../state/page/study-fold.ts';
import { enterSheet } from '../../state/page/sheet-entry.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { PlayIcon } from '../controls/icons.tsx';
import { BackendBadge } from '../header/BackendBadge.tsx';
import { PresetMenu } from '../header/PresetMenu.tsx';
import { PagePart } from '../lessons/PagePart.tsx';
import { STORY } from '../story/messages.ts';
import { useRun } from '../use-run.ts';
import css from './sheet.module.css';
import { StudyPanel } from './StudyPanel.tsx';

export function StudySheet() {
  const { study, fold } = useServices();
  const { run, problem, time } = useRun();
  const isIdle = useStudy(({ status }) => status === 'idle');
  const leave = useRef<() => void>(() => closeSheet(fold));
  useEffect(() => {
    leave.current = enterSheet(window, () => closeSheet(fold));
    return study.subscribe(({ status }, previous) => {
      if (status !== 'idle' && previous.status === 'idle') leave.current();
    });
  }, [study, fold]);
  const close = (): void => leave.current();
  return (
    <ModalOverlay className={css.overlay} isOpen isDismissable onOpenChange={(isOpen) => !isOpen && close()}>
      <Modal className={css.sheet}>
        <Dialog className={css.dialog}>
          <div className={css.head}>
            <Heading slot="title" level={2} className={css.title}>
              {STORY.study}
            </Heading>
            <Button kind="quiet" onPress={close}>
              {STORY.closeStudy}
            </Button>
          </div>
          <div className={css.body}>
            <div className={css.tools}>
              <PagePart name="presets">
                <PresetMenu />
              </PagePart>
              <PagePart name="device">
                <BackendBadge />
              </PagePart>
            </div>
            <StudyPanel />
          </div>
          <div className={css.foot}>
            {problem !== null && <p className={css.problem}>{problem}</p>}
            <Button kind="primary" onPress={run} isDisabled={!isIdle || problem !== null}>
              <PlayIcon />
              {`${STORY.runStudy}${time}`}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
