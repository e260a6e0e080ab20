/** Something that is still to be done, as a brief shows it. */
export interface OpenTask {
  readonly id: string
  readonly title: string
  readonly status?: string | undefined
  readonly priority?: string | undefined
  readonly dueAt?: Date | undefined
}

/**
 * Reads the open tasks of a project, the most urgent first, at most `limit`. The layer of tasks is
 * another one: whoever composes both hands its reader in.
 */
export type OpenTaskReader = (projectId: string, limit: number) => Promise<readonly OpenTask[]>
