# docker build --target runtime --tag lp .     the commands, and nothing to build with
# docker build --target test .                 succeeds when all tests pass

FROM node:20-bookworm-slim AS build
# better-sqlite3 is compiled where there is no ready-made binary of it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/lp
# What the packages depend on, without the sources, so that a change of those installs nothing anew.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund && npm rebuild better-sqlite3
COPY . .
RUN npm run build

FROM build AS test
# What some tests are skipped without.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends jq mandoc \
 && rm -rf /var/lib/apt/lists/*
RUN COVERAGE=no npm test

FROM build AS production
# Of better-sqlite3 only the compiled module is used when it runs.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && find node_modules/better-sqlite3 -mindepth 1 -maxdepth 1 ! -name build ! -name lib ! -name package.json ! -name LICENSE \
      -exec rm -r {} + \
 && find node_modules/better-sqlite3/build -type f ! -name better_sqlite3.node -delete \
 && find node_modules -type d -empty -delete \
 && find dist -name '*.d.ts' -delete

FROM node:20-bookworm-slim AS runtime
LABEL org.opencontainers.image.title="lp" \
      org.opencontainers.image.description="Turns server logs into a short, ranked list of security threats and errors" \
      org.opencontainers.image.licenses="MIT"
COPY --from=production /opt/lp/package.json /opt/lp/LICENSE /opt/lp/
COPY --from=production /opt/lp/node_modules /opt/lp/node_modules
COPY --from=production /opt/lp/bin /opt/lp/bin
COPY --from=production /opt/lp/dist /opt/lp/dist
COPY --from=production /opt/lp/man /opt/lp/man
RUN ln -s /opt/lp/bin/lp-* /usr/local/bin/ \
 && for section in 1 5 7; do \
      mkdir -p "/usr/local/share/man/man$section" \
      && find /opt/lp/man -name "*.$section" -exec ln -s -t "/usr/local/share/man/man$section" {} +; \
    done \
 && mkdir -p /etc/lp /var/lib/lp \
 && chown node:node /var/lib/lp
ENV NODE_ENV=production STATE_DIRECTORY=/var/lib/lp
# Findings and checkpoints; lp.conf and rules of one's own.
VOLUME ["/var/lib/lp", "/etc/lp"]
USER node
WORKDIR /var/lib/lp
# Without ENTRYPOINT: the image holds several commands, and people put them together in a shell.
CMD ["lp-report"]
