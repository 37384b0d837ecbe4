import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, glob, mkdir, readFile, symlink } from 'node:fs/promises';
