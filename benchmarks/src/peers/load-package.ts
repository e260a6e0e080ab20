/**
 * Loads a package that need not be installed. Its name stands behind a variable, so that the bundler
 * leaves it alone.
 */
export const loadPackage = <Module>(name: string): Promise<Module> => import(name)
