# The playground as one image: the run-time lock, the three folders, nobody's root. BASE and NODE may be any image with
# Python 3.11 or newer (with venv) and Node 20 or newer (with npm).
ARG BASE=python:3.13-slim
ARG NODE=node:22-slim
# Whether 10 000 images of MNIST go along; their licence does not say that they may be handed on: --build-arg MNIST=no
# for an image that others are to have.
ARG MNIST=yes

FROM ${NODE} AS pages
ARG MNIST
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY scripts/vendor.mjs scripts/vendor.json scripts/mnist.mjs scripts/
RUN mkdir -p app/datasets/data && node scripts/vendor.mjs \
    && if [ "${MNIST}" = yes ]; then node scripts/mnist.mjs; fi

FROM ${BASE} AS packages
WORKDIR /build
COPY requirements.lock ./
# The installers themselves do not go along into the image.
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock \
    && /opt/venv/bin/pip uninstall --yes pip setuptools

# The networks that /digits begins with.
FROM ${BASE} AS starters
WORKDIR /build
COPY --from=packages /opt/venv /opt/venv
COPY app app
COPY --from=pages /build/app/datasets/data app/datasets/data
COPY scripts/starter.py scripts/
RUN /opt/venv/bin/python scripts/starter.py

FROM ${BASE}
LABEL org.opencontainers.image.title="Softmax Playground" \
    org.opencontainers.image.description="Understand the softmax output layer by touching it" \
    org.opencontainers.image.licenses="MIT" \
    org.opencontainers.image.version="0.1.0"
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PLAYGROUND_HOST=0.0.0.0 \
    PLAYGROUND_PORT=8000 \
    PLAYGROUND_DATA=/data
WORKDIR /opt/playground
COPY --from=packages /opt/venv /opt/venv
COPY LICENSE ./
COPY app app
COPY templates templates
COPY static static
COPY --from=pages /build/static/vendor static/vendor
COPY --from=pages /build/app/datasets/data app/datasets/data
COPY --from=starters /build/static/made static/made
# Compiled now, because the container's own file system may be read-only.
RUN python3 -m compileall -q app \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin playground \
    && install -d -m 700 -o playground /data
USER 10001
# The records of runs; the rest may be read-only.
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["python3", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PLAYGROUND_PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["python3", "-m", "app.cli"]
CMD ["serve"]
