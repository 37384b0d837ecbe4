import { type FSWatcher, statSync, watch } from 'node:fs';

/** Something in a folder has changed: a name in it, or what is not known. */
export type OnChange = (folder: string, name: string | undefined) => void;

/** Watches folders, so that changes are known at once where the system can tell. Source: inotify(7). */
export class Watcher {
  readonly #onChange: OnChange;
  readonly #watched = new Map<string, { readonly watcher: FSWatcher; readonly identity: string | undefined }>();
  readonly #refused = new Set<string>();

  constructor(onChange: OnChange) {
    this.#onChange = onChange;
  }

  /** Why a folder cannot be watched, at the first one; undefined when all can. */
  trouble: string | undefined;

  /** Watches these folders and no others. One that cannot be watched, or was made or mounted anew, is tried again each time. */
  watch(folders: ReadonlySet<string>): void {
    for (const [folder, { watcher, identity }] of this.#watched) {
      if (folders.has(folder) && identity === identityOf(folder)) continue;
      watcher.close();
      this.#watched.delete(folder);
    }
    for (const folder of folders) if (!this.#watched.has(folder)) this.#start(folder);
  }

  close(): void {
    this.watch(new Set());
  }

  #start(folder: string): void {
    const identity = identityOf(folder);
    try {
      const watcher = watch(folder, (_event, name) => this.#onChange(folder, name ?? undefined));
      watcher.on('error', () => this.#stop(folder));
      this.#watched.set(folder, { watcher, identity });
      this.#refused.delete(folder);
    } catch (thrown) {
      this.#refuse(folder, thrown);
    }
  }

  /** A folder that is gone may come back; until then its logs are looked at by the clock. */
  #stop(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
    this.#onChange(folder, undefined);
  }

  #refuse(folder: string, thrown: unknown): void {
    if (this.#refused.has(folder)) return;
    this.#refused.add(folder);
    const isLimit = thrown instanceof Error && /ENOSPC|EMFILE/.test(thrown.message);
    if (isLimit) this.trouble ??= `${folder}: too many folders are watched on this machine (fs.inotify.max_user_watches)`;
  }
}

/** Of what has a folder's name a watcher sees nothing when it is another one than it was. */
function identityOf(folder: string): string | undefined {
  try {
    const { dev, ino } = statSync(folder);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
