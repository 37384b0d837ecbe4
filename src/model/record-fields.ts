type Fields = Readonly<Record<string, unknown>>;

/** The fields of fields that stages read as texts, where a record has them. */
const texts: Readonly<Record<string, readonly string[]>> = {
  log: ['dataset', 'level'],
  host: ['name'],
  process: ['name', 'command_line'],
  event: ['action', 'outcome'],
  user: ['name'],
  source: ['ip', 'domain'],
  destination: ['ip', 'domain'],
  url: ['original', 'path', 'query', 'domain'],
  user_agent: ['original'],
};

/** What is wrong with the fields that a record may have and that stages rely on; undefined for nothing. Never throws. */
export function wrongFieldOf(record: Fields): string | undefined {
  if (!isTextOrNone(record['message'])) return '"message" is not a string';
  for (const name in texts) {
    const reason = wrongTextIn(record[name], name, texts[name] ?? []);
    if (reason !== undefined) return reason;
  }
  const category = partOf(record['event'], 'category');
  if (category !== undefined && !(Array.isArray(category) && category.every((one) => typeof one === 'string')))
    return '"event.category" is not a list of strings';
  return wrongHttpFieldOf(record['http']);
}

function wrongHttpFieldOf(http: unknown): string | undefined {
  if (http === undefined) return undefined;
  const response = partOf(http, 'response');
  const status = partOf(response, 'status_code');
  if (response !== undefined && !isObject(response)) return '"http.response" is not an object';
  if (status !== undefined && typeof status !== 'number') return '"http.response.status_code" is not a number';
  return wrongTextIn(http, 'http', ['version']) ?? wrongTextIn(partOf(http, 'request'), 'http.request', ['method', 'referrer']);
}

function wrongTextIn(value: unknown, name: string, keys: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return `"${name}" is not an object`;
  for (const key of keys) if (!isTextOrNone(value[key])) return `"${name}.${key}" is not a string`;
  return undefined;
}

function partOf(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
