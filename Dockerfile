# The hotline in one container. With SQLite data and keys live in the volume /data; several nodes need PostgreSQL (compose.yaml).
FROM node:26-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The programs that build the web chat and the console are optional packages, one a platform.
RUN npm ci --ignore-scripts --include=dev --include=optional
COPY vite.config.ts tsconfig.json ./
COPY src ./src
RUN npx vite build --logLevel error && npx vite build --mode console --logLevel error && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:26-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY src ./src
COPY db ./db
COPY flows ./flows
COPY locales ./locales
COPY test/flows ./test/flows
RUN mkdir /data && chown node:node /data
# What Node makes of the program's files is remembered in the image: a container starts sooner.
RUN node src/cli/main.ts help > /dev/null
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/cli/main.ts", "start"]
