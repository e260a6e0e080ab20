import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,apps}/*/test/**/*.test.ts', '{benchmarks,examples}/test/**/*.test.ts'],
    // A PGlite takes 440 MB: workers are bounded by memory, not by cores.
    pool: 'forks',
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    typecheck: {
      enabled: true,
      include: ['packages/*/test/**/*.test-d.ts'],
      tsconfig: './tsconfig.tests.json',
    },
  },
})
