# syntax=docker/dockerfile:1

# Pin it by digest (node:…@sha256:…) where a build must give the same image years later.
ARG NODE_IMAGE=node:20-bookworm-slim

# All dependencies, to compile with.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build

# Those that the hub runs with. libsql brings its library ready-made for glibc and for musl.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="rte-hub" \
      org.opencontainers.image.description="A real-time hub for contact centers: speaks the Enreach RTE over SignalR" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    RTE_HOST=0.0.0.0 \
    RTE_PORT=8080 \
    RTE_DATA_DIR=/data
WORKDIR /app
# The volume takes this owner over; uid 1000 is the image's user node.
RUN install -d -o 1000 -g 1000 -m 0700 /data
COPY LICENSE CHANGELOG.md package.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER 1000:1000
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# Whether the process answers, not whether it is ready: a broker that is away is no reason to restart.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.RTE_PORT}/healthz/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js", "serve"]
