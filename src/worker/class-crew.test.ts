/** The crew of the study worker over classes that the page opens and closes. */
import { expect, it, vi } from 'vitest';
import type { CrewNews } from './protocol.ts';
import { createClassCrew } from './class-crew.ts';
import { PATIENT } from '../../tests/support/patient.ts';

/** The page's end of a class. */
function openClass(crew: ReturnType<typeof createClassCrew>) {
  const { port1, port2 } = new MessageChannel();
  crew.lead(port2);
  const tell = (news: CrewNews, transfer: Transferable[] = []): void => port1.postMessage(news, transfer);
  return {
    port: port1,
    tell,
    join(name: string, client: number): void {
      const { port2: port } = new MessageChannel();
      tell({ type: 'joined', id: name, name, client, hasOwnImages: false, port }, [port]);
    },
  };
}

it('is the same over classes: who is of a closed one is gone, who is of the next one is here', async () => {
  const crew = createClassCrew();
  const changed = vi.fn();
  crew.onChange(changed);
  const names = (): string[] => crew.devices().map(({ name }) => name);
  expect(crew.isLed).toBe(false);
  const first = openClass(crew);
  expect(crew.isLed).toBe(true);
  first.join('Ada', 0);
  await vi.waitFor(() => expect(names()).toEqual(['Ada']), PATIENT);
  crew.lead(null);
  expect(crew.isLed).toBe(false);
  expect(names()).toEqual([]);
  expect(changed).toHaveBeenCalledTimes(2);
  const second = openClass(crew);
  first.join('A late one of the first class', 1);
  second.join('Ada', 0);
  second.tell({ type: 'deadline', seconds: 7 });
  await vi.waitFor(() => expect(crew.deadline()).toBe(7), PATIENT);
  expect(names()).toEqual(['Ada']);
  expect(changed).toHaveBeenCalledTimes(3);
  first.port.close();
  second.port.close();
});
