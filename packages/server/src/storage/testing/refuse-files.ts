import { vi } from 'vitest'

vi.mock('../file-engine.ts', () => ({
  openFileEngine() {
    throw new Error('This test opens a database file. Take startHome, or say in files-only.ts why it is about files.')
  },
}))
