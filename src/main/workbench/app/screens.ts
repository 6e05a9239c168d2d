import type { ComponentType } from 'preact';

/** A screen of the workbench: its names in the address, what it is called, and the module that draws it. */
export interface ScreenEntry {
  name: string;
  /** What else an address may begin with that it shows: `trainings` for `#/trainings/ID`. */
  shows?: readonly string[];
  title: string;
  load: () => Promise<{ Screen: ComponentType }>;
}

/** What an address without a name shows. */
export const HOME: ScreenEntry = {
  name: '', title: 'Neural networks as formulas', load: () => import('../screens/home/screen.js'),
};

/** All other screens, in the order of the navigation. */
export const SCREENS: readonly ScreenEntry[] = [
  { name: 'network', title: 'Network', load: () => import('../screens/network/screen.js') },
  { name: 'data', shows: ['datasets'], title: 'Data', load: () => import('../screens/data/screen.js') },
  { name: 'training', shows: ['trainings', 'sweeps'], title: 'Training', load: () => import('../screens/training/screen.js') },
  { name: 'models', title: 'Models', load: () => import('../screens/models/screen.js') },
  { name: 'dynamics', title: 'Dynamics', load: () => import('../screens/dynamics/screen.js') },
  { name: 'gallery', title: 'Gallery', load: () => import('../screens/gallery/screen.js') },
];
