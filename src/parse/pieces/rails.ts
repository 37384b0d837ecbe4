import { ip, type Pattern, pattern, set, skip, url, word } from '../pattern.ts';
import { moment } from './moments.ts';

/** The start of a request, as Rails says it; the path may hold anything, so the client is behind the last `" for `. */
export const railsRequest: Pattern = pattern`Started ${word('http.request.method')} "${url('last')}" for ${ip('source')} at ${moment}${set({ 'log.dataset': 'rails' })}${skip('rest')}`;
