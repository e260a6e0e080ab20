export { projectOperations } from './project-operations.ts'
export {
  createProjectStore,
  type ProjectPage,
  type ProjectRemoval,
  type ProjectStats,
  type ProjectStore,
  type ProjectStoreOptions,
} from './project-store.ts'
export type { NewProject, Project, ProjectChanges } from './project.ts'
