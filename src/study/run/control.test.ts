import { describe, expect, it } from 'vitest';
import { StudyControl, StudyStopped } from './control.ts';

/** Work that awaits the checkpoint before every unit. */
function worker(control: StudyControl) {
  const state = { units: 0, error: null as unknown };
  const work = async () => {
    try {
      while (state.units < 1000) {
        await control.checkpoint();
        state.units++;
        if (state.units % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    } catch (error) {
      state.error = error;
    }
  };
  return { state, ended: work() };
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 15));

describe('StudyControl', () => {
  it('pauses, lets single units pass, and resumes', async () => {
    const control = new StudyControl();
    control.pause();
    const { state, ended } = worker(control);
    await rest();
    expect(state.units).toBe(0);
    control.step();
    await rest();
    expect(state.units).toBe(1);
    control.step();
    control.step();
    await rest();
    expect(state.units).toBe(3);
    control.resume();
    await ended;
    expect(state.units).toBe(1000);
  });

  it('stops a paused worker with StudyStopped', async () => {
    const control = new StudyControl();
    control.pause();
    const { state, ended } = worker(control);
    await rest();
    control.stop();
    await ended;
    expect(state.error).toBeInstanceOf(StudyStopped);
    expect(control.signal.reason).toBe(state.error);
    await expect(control.checkpoint()).rejects.toBe(state.error);
  });

  it('forgets a step that resuming made needless', async () => {
    const control = new StudyControl();
    control.step();
    control.resume();
    control.pause();
    const { state, ended } = worker(control);
    await rest();
    expect(state.units).toBe(0);
    control.stop();
    await ended;
  });

  it('lets a stop in that arrives as a message while work never waits', async () => {
    const control = new StudyControl();
    setTimeout(() => control.stop(), 60);
    const endless = (async () => {
      const end = performance.now() + 5000;
      while (performance.now() < end) await control.checkpoint();
    })();
    await expect(endless).rejects.toBeInstanceOf(StudyStopped);
  });
});
