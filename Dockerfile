FROM python:3.13-slim-bookworm AS build

WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r requirements/run.txt \
    && rm -r requirements
COPY LICENSE ./
COPY bot bot
COPY content content
# The final image cannot write bytecode, so it is made here; it holds whatever the files' times are.
RUN python -m compileall -q --invalidation-mode unchecked-hash bot \
    && chmod -R u=rwX,go=rX /app


FROM python:3.13-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HEALTH_LISTEN=127.0.0.1:9000 \
    DATABASE_URL=sqlite:////data/companion.db

RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot -m 0700 /data

COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app

WORKDIR /app
USER 10001
VOLUME /data

# The same question to the bot, a receiver and a worker: each answers for itself. Only 200 is well.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; asked = http.client.HTTPConnection('127.0.0.1', int(os.environ['HEALTH_LISTEN'].rpartition(':')[2]), timeout=4); asked.request('GET', '/healthz'); sys.exit(asked.getresponse().status != 200)"]

# Alone it is the whole bot. With "web" it receives, with "worker" it answers, with "admin ..." it does errands.
ENTRYPOINT ["python", "-m", "bot"]
