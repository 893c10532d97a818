# Overheard in a container: two stages, no compiler and no pip cache in the result, an unprivileged user, one volume.
#   docker build -t overheard .
#   docker run --rm -v overheard-data:/data -e SLACK_BOT_TOKEN overheard run
# The config is read from /data/overheard.toml; `docker run --rm -v overheard-data:/data overheard init` writes a first one.
# Secrets come from the environment or from files mounted at run time; none is in the image.
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/overheard
COPY requirements/build.txt requirements/runtime.txt requirements/charts.txt requirements/
RUN /opt/overheard/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
 && /opt/overheard/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt \
 && /opt/overheard/bin/pip install --no-cache-dir --require-hashes -r requirements/charts.txt
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY storage storage
COPY listener listener
COPY scoring scoring
COPY notifier notifier
COPY overheard overheard
RUN /opt/overheard/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
# What pictures are drawn with brings Latin, Greek and Cyrillic letters; these are for names in Hangul, kana and Han.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /data overheard
COPY --from=build /opt/overheard /opt/overheard
ENV PATH=/opt/overheard/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OVERHEARD_CONFIG=/data/overheard.toml
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["overheard"]
CMD ["run"]
