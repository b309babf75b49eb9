/**
 * What light a device has: what `lightOf` in src/lib/domain/hearing.ts and its twin in pb_hooks/lib/devices.js both have to
 * answer. Minutes ago that a test was asked for, and that the device was last heard; null for never.
 */
import type { Light } from '../src/lib/domain/notice';

type Case = { asked: number | null; heard: number | null; trouble?: string; light: Light };

export const LIGHTS: readonly Case[] = [
	{ asked: null, heard: null, light: 'none' },
	{ asked: null, heard: 15, light: 'green' },
	{ asked: null, heard: null, trouble: 'http_403', light: 'red' },
	{ asked: null, heard: 15, trouble: 'http_403', light: 'red' },
	{ asked: 10, heard: null, light: 'waiting' },
	{ asked: 10, heard: 11, light: 'waiting' },
	{ asked: 10, heard: 10, light: 'green' },
	{ asked: 10, heard: 9, light: 'green' },
	{ asked: 10, heard: 9, trouble: 'http_403', light: 'red' },
	{ asked: 10, heard: null, trouble: 'http_403', light: 'red' },
	{ asked: 14, heard: 17, light: 'waiting' },
	{ asked: 16, heard: null, light: 'red' },
	{ asked: 16, heard: 17, light: 'red' },
	{ asked: 9000, heard: 8999, light: 'green' }
];
