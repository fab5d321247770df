import captions from './captions.json';
import common from './common.json';
import costs from './costs.json';
import findings from './findings.json';
import installed from './installed.json';
import keep from './keep.json';
import library from './library.json';
import preview from './preview.json';
import project from './project.json';
import publish from './publish.json';
import queue from './queue.json';
import said from './said.json';
import settings from './settings.json';
import shell from './shell.json';
import sync from './sync.json';
import voices from './voices.json';

export const ro = {
  common,
  shell,
  library,
  project,
  preview,
  publish,
  captions,
  findings,
  queue,
  said,
  settings,
  costs,
  voices,
  installed,
  keep,
  sync,
};
