import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// Kit's route announcer sets this one style attribute; nothing else may.
const ANNOUNCER = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ pages: 'build/app', assets: 'build/app', fallback: 'index.html', strict: false }),
		serviceWorker: { register: false },
		files: { serviceWorker: 'src/service-worker/main' },
		// A new name makes installed apps offer the update: `npm run build` names it by what the sources are.
		version: { name: process.env.HEED_BUILD ?? 'development' },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self'],
				'media-src': ['blob:'],
				'style-src-attr': ['unsafe-hashes', ANNOUNCER],
				'img-src': ['self', 'blob:', 'data:'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none']
			}
		}
	}
};
