# The service in an image, as an unprivileged user:
#
#   docker build --tag parity .
#   docker run --publish 8000:8000 --volume parity:/var/lib/parity parity
#
# Settings, each an environment variable:
#
#   PARITY_DATABASE_URL  where the data is kept: sqlite:////FILE (on a volume, as below) or
#                        postgresql://USER:PASSWORD@HOST/DATABASE
#   PARITY_HOST          the address to listen on; in a container every address
#   PARITY_PORT          the TCP port to listen on
#   PARITY_WORKERS       how many processes answer requests
#   PARITY_LOG_LEVEL     debug, info, warning, error or critical
#   PARITY_INVENTED_FIGURES  open (everybody reads invented trusts) or as_real
#   PARITY_METRICS_PORT, PARITY_METRICS_HOST  where Prometheus finds metrics, if anywhere
#
# README.md has all of them, docs/operations.md how the service is operated.

# The digest is the one that public projects pin for this tag; `docker buildx imagetools inspect
# python:3.13.16-slim-bookworm` shows what the tag means today.
FROM python:3.13.16-slim-bookworm@sha256:a1165e272e578941b84abc79e4ab38a0305cd12803a5c4247979ac7655f4d641 AS build

WORKDIR /source

COPY requirements/bootstrap.txt requirements/run.txt requirements/
RUN python -m venv /opt/tools \
    && /opt/tools/bin/pip install --no-cache-dir --require-hashes -r requirements/bootstrap.txt \
    && python -m venv --without-pip /opt/parity \
    && /opt/tools/bin/uv pip install --no-cache --require-hashes \
        --python /opt/parity/bin/python -r requirements/run.txt

COPY pyproject.toml LICENSE ./
COPY docs/methods docs/methods
COPY migrations migrations
COPY app app
RUN /opt/tools/bin/uv build --no-cache --no-build-isolation --wheel \
        --python /opt/tools/bin/python --out-dir /tmp/wheel \
    && /opt/tools/bin/uv pip install --no-cache --no-deps \
        --python /opt/parity/bin/python /tmp/wheel/*.whl \
    && /opt/parity/bin/python -m compileall -q /opt/parity/lib


FROM python:3.13.16-slim-bookworm@sha256:a1165e272e578941b84abc79e4ab38a0305cd12803a5c4247979ac7655f4d641

RUN groupadd --system --gid 10001 parity \
    && useradd --system --uid 10001 --gid parity --no-create-home --shell /usr/sbin/nologin parity \
    && install --directory --owner parity --group parity --mode 0750 /var/lib/parity

COPY --from=build /opt/parity /opt/parity

ENV PATH=/opt/parity/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PARITY_DATABASE_URL=sqlite:////var/lib/parity/parity.sqlite3 \
    PARITY_HOST=0.0.0.0 \
    PARITY_PORT=8000

WORKDIR /var/lib/parity
USER 10001:10001
VOLUME /var/lib/parity
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from os import environ; from urllib.request import urlopen; urlopen('http://127.0.0.1:' + environ['PARITY_PORT'] + '/health/ready', timeout=4)"]

CMD ["parity", "serve"]
