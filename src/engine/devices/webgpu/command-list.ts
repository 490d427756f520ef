/** Dispatches that are recorded and not yet sent, and the words that they read from the host. */
import { Constants } from './constants.ts';
import type { Command, Program, Section } from './program.ts';

/** Room for the words of a submission. */
export const CONSTANT_BYTES = 4 * 2 ** 20;

export class CommandList {
  readonly constants = new Constants(CONSTANT_BYTES);
  private list: Command[] = [];
  private work = 0;

  get commands(): readonly Command[] {
    return this.list;
  }
  get flops(): number {
    return this.work;
  }
  get isEmpty(): boolean {
    return this.list.length === 0;
  }
  /** What is recorded so far, to be sent again. */
  get section(): Section {
    return { commands: [...this.list], written: this.constants.written };
  }

  add(command: Command): void {
    this.list.push(command);
    this.work += command.cost.flops;
  }

  /** A submission of a program, in place of everything. */
  load({ commands, constants }: Program['submissions'][number]): void {
    this.clear();
    this.constants.load(constants);
    for (const command of commands) this.add(command);
  }

  clear(): void {
    this.list = [];
    this.work = 0;
    this.constants.reset();
  }
}
