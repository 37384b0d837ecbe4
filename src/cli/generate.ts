import { exitStatus } from '../model/exit-status.ts';
import type { Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { optionValue } from './values.ts';

/** What `--generate KIND` writes. Throws `LpError` 64 for a kind that there is not. */
export async function generated(command: Command, given: Arguments): Promise<string> {
  const texts = given.options.get('generate') ?? [];
  const kind = optionValue(commonOptions.generate, { texts, place: '--generate', status: exitStatus.usage }, new Date());
  if (kind === 'man') return (await import('./manual.ts')).wholeManualPage(command);
  const { bashCompletion, zshCompletion } = await import('./completion.ts');
  return kind === 'complete-bash' ? bashCompletion(command) : zshCompletion(command);
}
